/** What stays the same within a scale: the content's feature maps and the statistics of the style samples. */

import type { OnnxModel } from '../graph/onnx.ts'
import type { HostTensor, Session, Value } from '../runtime/runtime.ts'
import { float } from './float.ts'
import { garbled, isAlike, magnitude, uploaded } from './garbled.ts'
import { nearestIndex, type Positions, tableInputs } from './hypercolumn.ts'
import type { ScaleInputs } from './inputs.ts'
import type { RunContext } from './run-context.ts'
import {
  featureGraph,
  isNoise,
  type MapShapes,
  mapName,
  styleGraph,
  styleNames,
  tapScaleValues,
} from './step.ts'

/** Values on the device, by the name of the step graph's input that they feed; dispose each after the scale. */
export type ScaleFeatures = Readonly<Record<string, Value>>

/**
 * Runs the backbone over content and style.
 *
 * @param shapes of the backbone's maps at this size
 * @returns `tapScale`, `content_<map>` for each map, and the statistics of the style (step.ts: `styleNames`)
 */
export async function scaleFeatures(
  context: RunContext,
  inputs: ScaleInputs,
  shapes: MapShapes,
): Promise<ScaleFeatures> {
  const { preset, runtime, backbone } = context
  const plain = await extractor(context, inputs.size)
  const disturbed = preset.noise ? await extractor(context, inputs.size, true) : plain
  const { rms, maps, magnitudes } = await disturbed.describe(inputs.content)
  const tapScale = await uploaded(runtime, float(tapScaleValues(backbone, shapes, rms), [-1, 1]))
  const content = Object.fromEntries(maps.map((map, k) => [`content_${mapName(k)}`, map]))
  const statistics = await describeStyle(context, inputs, shapes, plain, { tapScale, content, magnitudes })
  for (const { release } of new Set([plain, disturbed])) await release()
  return { tapScale, ...statistics, ...content }
}

interface Extractor {
  /** Of a planar image (3 x N x N). */
  describe(image: Float32Array): Promise<Described>
  release(): Promise<void>
}

/** What the backbone makes of an image. */
interface Described {
  /** Stacked. */
  maps: Value[]
  /** Root mean square of each map before stacking. */
  rms: Float32Array
  /** Of the stacked maps. */
  magnitudes: Float32Array
}

/** @param noise drawn anew for each image */
async function extractor(
  { backbone, runtime, weights, random }: RunContext,
  size: number,
  noise = false,
): Promise<Extractor> {
  const model = featureGraph(backbone, size, noise)
  const session = await runtime.session(model.bytes, { onHost: ['sizes'] })
  const normals = (shape: readonly number[]) =>
    new Float32Array(shape.reduce((a, b) => a * b, 1)).map(random.normal)
  return {
    async describe(image) {
      const noises = model.inputs
        .filter(({ name }) => isNoise(name))
        .map(({ name, shape }) => [name, float(normals(shape), shape)] as const)
      const feeds = { image: float(image, [3, size * size]), ...Object.fromEntries(weights) }
      const { sizes, ...maps } = await run(session, model, { ...feeds, ...Object.fromEntries(noises) })
      const told = (await sizes.read()) as Float32Array
      sizes.dispose()
      // A network that sees nothing anywhere was not run.
      if (!told.every((size) => size > 0 && size < Infinity)) throw garbled()
      const stacked = Object.keys(maps).map((_, k) => maps[mapName(k)])
      return {
        maps: stacked,
        rms: told.subarray(0, -stacked.length),
        magnitudes: told.subarray(-stacked.length),
      }
    },
    release: () => session.release(),
  }
}

/**
 * Statistics of the style samples, drawn once a scale.
 *
 * @param known what the content's maps are looked at with, once a scale too
 * @throws RefinementError `garbled`
 */
async function describeStyle(
  { runtime }: RunContext,
  { size, samples, draw, style, flipped }: ScaleInputs,
  shapes: MapShapes,
  features: Extractor,
  known: { tapScale: Value; content: Record<string, Value>; magnitudes: Float32Array },
): Promise<Record<string, Value>> {
  const feeds: Record<string, Value | HostTensor> = { tapScale: known.tapScale, ...known.content }
  const used: Value[] = []
  const expected = [...known.magnitudes]
  const add = async (prefix: string, image: Float32Array, positions: Positions) => {
    const { maps, magnitudes } = await features.describe(image)
    used.push(...maps)
    expected.push(...magnitudes)
    for (const [k, map] of maps.entries()) feeds[`${prefix}_${mapName(k)}`] = map
    for (const halvings of new Set(halvingsOf(shapes, size))) {
      const index = nearestIndex(positions, size, halvings)
      feeds[tableInputs(prefix, halvings).index] = { type: 'int32', dims: [index.length], data: index }
    }
  }
  await add('style', style, draw.style())
  if (samples.flipped > 0) await add('flip', flipped, draw.flipped())
  const model = styleGraph(shapes, size, { straight: samples.style, flipped: samples.flipped })
  const session = await runtime.session(model.bytes, { onHost: ['magnitudes'] })
  const outputs = await run(session, model, feeds)
  await session.release()
  for (const value of used) value.dispose()
  const told = (await outputs.magnitudes.read()) as Float32Array
  outputs.magnitudes.dispose()
  const read = styleNames.map(async (name) => magnitude((await outputs[name].read()) as Float32Array))
  expected.push(...(await Promise.all(read)))
  if (!expected.every((size, i) => size > 0 && isAlike(size, told[i]))) throw garbled()
  return Object.fromEntries(styleNames.map((name) => [name, outputs[name]]))
}

/** How often each map's side is halved against the image's. */
export function halvingsOf(shapes: MapShapes, size: number): number[] {
  return shapes.stacked.map((shape) => Math.log2(size / shape[2]))
}

/** Feeds only what the folded graph still asks for. */
export function run(session: Session, model: OnnxModel, feeds: Readonly<Record<string, Value | HostTensor>>) {
  return session.run(Object.fromEntries(model.inputs.map(({ name }) => [name, feeds[name]])))
}
