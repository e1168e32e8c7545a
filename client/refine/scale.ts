/** One scale of a run: compiles its graphs, prepares what is constant within it, and takes steps. */

import type { OnnxModel } from '../graph/onnx.ts'
import type { HostTensor, Runtime, Session, Value } from '../runtime/runtime.ts'
import type { Backbone } from './backbone.ts'
import { bilinearTable, nearestIndex, type Positions, tableInputs } from './hypercolumn.ts'
import type { Optimizer } from './optimizer.ts'
import { flip, resizeSquare, toPlanar } from './planar.ts'
import type { Random } from './random.ts'
import { erodeMask, reduceView, renderMap } from './renderer.ts'
import { Sampler } from './sampling.ts'
import type { Preset } from './schedule.ts'
import {
  featureGraph,
  LEVELS,
  lossNames,
  mapName,
  mapShapes,
  nextName,
  STYLE,
  type StepSpec,
  stepGraph,
  styleGraph,
  tapScaleValues,
} from './step.ts'
import { filledStyle, styleDensity } from './style.ts'
import type { LossName, RefinementProblem } from './types.ts'

/** What stays the same over all scales of a run. */
export interface RunContext {
  problem: RefinementProblem
  preset: Preset
  runtime: Runtime
  backbone: Backbone
  optimizer: Optimizer
  random: Random
  /** The backbone's weights on the device, by input name. */
  weights: ReadonlyMap<string, Value>
}

/** The unknowns of a round: they live on the device and pass from scale to scale. */
export interface Unknowns {
  /** Pyramid levels, finest first. */
  shapes: readonly { height: number; width: number }[]
  /** `levels` and the optimiser's states, each one vector over all levels. */
  values: Map<string, Value>
}

export interface Scale {
  size: number
  /** Takes one optimiser step; `texture` is the one before it, planar, still on the device: dispose it. */
  step(rate: number): Promise<{ losses: Partial<Record<LossName, number>>; texture: Value }>
  dispose(): Promise<void>
}

/** Below this freedom a texel is not worth a sample. */
const SAMPLED_FREEDOM = 0.05

/**
 * @param content N x N x 3, 0..1: this round's content at full size
 * @param roundWeights the preset's weights in this round
 */
export async function prepareScale(
  context: RunContext,
  divisor: number,
  content: Float32Array,
  roundWeights: Preset['weights'],
  unknowns: Unknowns,
): Promise<Scale> {
  const { problem, preset, runtime, backbone, optimizer, random, weights } = context
  const size = problem.size / divisor
  const shapes = mapShapes(backbone, size)
  const halvings = shapes.stacked.map((shape) => Math.log2(size / shape[2]))
  const scaled = (image: Float32Array, channels: number) => resizeSquare(image, problem.size, size, channels)
  const freedom = scaled(problem.freedom, 1)
  const contentImage = scaled(content, 3)
  const styleImage = scaled(filledStyle(problem), 3)
  const held: Value[] = []
  const hold = (value: Value) => {
    held.push(value)
    return value
  }
  const upload = async (tensor: HostTensor) => hold(await runtime.upload(tensor))

  const features = await runtime.session(featureGraph(backbone, size).bytes, { onHost: ['rms'] })
  const describe = (image: Float32Array) =>
    features.run({ image: float(toPlanar(image, size), [3, size * size]), ...Object.fromEntries(weights) })
  const contentMaps = await describe(contentImage)
  const rms = (await hold(contentMaps.rms).read()) as Float32Array
  const tapScale = await upload(float(tapScaleValues(backbone, shapes, rms), [-1, 1]))

  const statistics = await describeStyle()
  await features.release()

  const spec: StepSpec = {
    backbone,
    size,
    levels: unknowns.shapes,
    samples: { content: preset.samples.content, style: preset.samples.style },
    weights: mapValues(roundWeights, (weight, name) => (name === 'colour' ? weight : weight * divisor)),
    chroma: preset.chroma,
    twoSidedRemd: preset.twoSidedRemd,
    optimizer,
    composite: preset.composite,
    renderer: null,
  }
  const constants: Record<string, Value> = { ...Object.fromEntries(weights), tapScale, ...statistics }
  for (const k of shapes.stacked.keys()) constants[`content_${mapName(k)}`] = hold(contentMaps[mapName(k)])
  if (preset.composite) {
    const planar = toPlanar(contentImage, size)
    const area = size * size
    constants.freedom = await upload(float(freedom, [1, area]))
    constants.locked = await upload(
      float(
        planar.map((value, i) => value * (1 - freedom[i % area])),
        [3, area],
      ),
    )
  }
  if (spec.weights.photometric > 0) await addPhoto()

  const model = stepGraph(spec)
  const session = await runtime.session(model.bytes, { onHost: ['losses'] })
  const names = lossNames(spec)
  const stateNames = [LEVELS, ...optimizer.states]
  const contentSampler = new Sampler(
    freedom.map((value) => (value > SAMPLED_FREEDOM ? 1 : 0)),
    size,
    preset.samples.stride(divisor),
  )

  return { size, step, dispose }

  async function step(rate: number) {
    const positions = contentSampler.draw(preset.samples.content, random)
    const states = Object.fromEntries(stateNames.map((name) => [name, unknowns.values.get(name)!]))
    const feeds = { ...constants, ...states, ...tables(positions), rate: float(Float32Array.of(rate), []) }
    const outputs = await run(session, model, feeds)
    for (const name of stateNames) {
      unknowns.values.get(name)!.dispose()
      unknowns.values.set(name, outputs[nextName(name)])
    }
    const values = (await outputs.losses.read()) as Float32Array
    outputs.losses.dispose()
    const losses = Object.fromEntries(names.map((name, i) => [name, values[i]]))
    return { losses, texture: outputs.texture }
  }

  async function dispose() {
    await session.release()
    for (const value of held) value.dispose()
  }

  function tables(positions: Positions): Record<string, HostTensor> {
    const feeds: Record<string, HostTensor> = {}
    for (const h of halvings) {
      const { index, weight } = bilinearTable(positions, size, h)
      const names = tableInputs('x', h)
      feeds[names.index] = { type: 'int32', dims: [index.length], data: index }
      feeds[names.weight] = float(weight, [weight.length])
    }
    return feeds
  }

  /** Statistics of the style samples: drawn once a scale, half of them from the flipped image where that is a face. */
  async function describeStyle(): Promise<Record<string, Value>> {
    const density = styleDensity(problem, freedom, size)
    const total = preset.samples.style
    const flipped = problem.symmetric ? total >> 1 : 0
    const stride = preset.samples.stride(divisor)
    const straightMaps = await describe(styleImage)
    const flippedMaps = flipped > 0 ? await describe(flip(styleImage, size, 3)) : {}
    const feeds: Record<string, Value | HostTensor> = { tapScale }
    const add = (prefix: string, maps: Record<string, Value>, n: number, sampler: Sampler) => {
      for (const k of shapes.stacked.keys()) feeds[`${prefix}_${mapName(k)}`] = maps[mapName(k)]
      const positions = sampler.draw(n, random)
      for (const h of halvings) {
        const index = nearestIndex(positions, size, h)
        feeds[tableInputs(prefix, h).index] = { type: 'int32', dims: [n], data: index }
      }
    }
    add('style', straightMaps, total - flipped, new Sampler(density, size, stride))
    if (flipped > 0) add('flip', flippedMaps, flipped, new Sampler(flip(density, size, 1), size, stride))
    const model = styleGraph(shapes, size, { straight: total - flipped, flipped })
    const session = await runtime.session(model.bytes)
    const outputs = await run(session, model, feeds)
    await session.release()
    for (const value of [...Object.values(straightMaps), ...Object.values(flippedMaps)]) value.dispose()
    return Object.fromEntries(STYLE.map((name) => [name, hold(outputs[name])]))
  }

  async function addPhoto() {
    const { view } = problem
    const { uv, mask } = reduceView(view, size)
    spec.renderer = renderMap(uv, mask, size)
    const photo = toPlanar(resizeSquare(view.photo, view.size, size, 3), size)
    constants.photo = await upload(float(photo, [3, size * size]))
    constants.mask = await upload(float(erodeMask(mask, size), [1, size * size]))
  }
}

/** Feeds only what the folded graph still asks for. */
function run(session: Session, model: OnnxModel, feeds: Readonly<Record<string, Value | HostTensor>>) {
  return session.run(Object.fromEntries(model.inputs.map(({ name }) => [name, feeds[name]])))
}

/** A float32 host tensor; one dimension may be -1. */
export function float(data: Float32Array, dims: readonly number[]): HostTensor {
  const known = dims.reduce((product, dim) => (dim < 0 ? product : product * dim), 1)
  return { type: 'float32', dims: dims.map((dim) => (dim < 0 ? data.length / known : dim)), data }
}

function mapValues<T extends Record<string, number>>(
  record: T,
  f: (value: number, key: string) => number,
): T {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)])) as T
}
