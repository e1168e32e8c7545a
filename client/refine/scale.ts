/** One scale of a run: compiles its graphs, prepares what is constant within it, and takes steps. */

import type { OnnxModel } from '../graph/onnx.ts'
import type { Random } from '../image/random.ts'
import type { HostTensor, Runtime, Session, Value } from '../runtime/runtime.ts'
import type { Backbone } from './backbone.ts'
import { float } from './float.ts'
import { bilinearTable, nearestIndex, type Positions, tableInputs } from './hypercolumn.ts'
import type { ScaleInputs } from './inputs.ts'
import type { Optimizer } from './optimizer.ts'
import type { Preset } from './schedule.ts'
import {
  featureGraph,
  isNoise,
  levelsName,
  lossNames,
  mapName,
  mapShapes,
  nextName,
  type StepSpec,
  stepGraph,
  styleGraph,
  styleNames,
  tapScaleValues,
} from './step.ts'
import type { LossName, RefineStage } from './types.ts'
import type { Unknowns } from './unknowns.ts'

/** What stays the same over all scales of a run. */
export interface RunContext {
  preset: Pick<Preset, 'chroma' | 'remd' | 'noise'>
  runtime: Runtime
  backbone: Backbone
  optimizer: Optimizer
  random: Random
  /** The backbone's weights on the device, by input name. */
  weights: ReadonlyMap<string, Value>
  onStage: (stage: RefineStage) => void
}

export interface Scale {
  size: number
  /** Floating-point operations of one step. */
  flop: number
  /** Takes one optimiser step; `texture` is the one before it, planar, still on the device: dispose it. */
  step(rate: number): Promise<{ losses: Partial<Record<LossName, number>>; texture: Value }>
  dispose(): Promise<void>
}

/** @param roundWeights the preset's weights in this round */
export async function prepareScale(
  context: RunContext,
  inputs: ScaleInputs,
  roundWeights: Preset['weights'],
  unknowns: Unknowns,
): Promise<Scale> {
  const { preset, runtime, backbone, optimizer, random, weights } = context
  const { size, divisor, samples, draw, freedom, photo } = inputs
  const area = size * size
  const shapes = mapShapes(backbone, size)
  const halvings = shapes.stacked.map((shape) => Math.log2(size / shape[2]))
  const held: Value[] = []
  const hold = (value: Value) => {
    held.push(value)
    return value
  }
  const upload = async (tensor: HostTensor) => hold(await runtime.upload(tensor))

  context.onStage('Looking at the skin')
  const features = await extractor()
  const disturbed = preset.noise ? await extractor(true) : features
  const contentMaps = await disturbed.describe(inputs.content)
  const rms = (await hold(contentMaps.rms).read()) as Float32Array
  const tapScale = await upload(float(tapScaleValues(backbone, shapes, rms), [-1, 1]))
  const statistics = await describeStyle()
  for (const { release } of new Set([features, disturbed])) await release()

  const spec: StepSpec = {
    backbone,
    size,
    levels: unknowns.shapes,
    samples: { content: samples.texture, style: samples.style + samples.flipped },
    weights: mapValues(roundWeights, (weight, name) => (name === 'colour' ? weight : weight * divisor)),
    chroma: preset.chroma,
    twoSidedRemd: preset.remd === 'two-sided',
    optimizer,
    composite: freedom !== null,
    renderer: photo?.renderer ?? null,
  }
  const constants: Record<string, Value> = { ...Object.fromEntries(weights), tapScale, ...statistics }
  for (const k of shapes.stacked.keys()) constants[`content_${mapName(k)}`] = hold(contentMaps[mapName(k)])
  if (freedom) {
    constants.freedom = await upload(float(freedom, [1, area]))
    const locked = inputs.content.map((value, i) => value * (1 - freedom[i % area]))
    constants.locked = await upload(float(locked, [3, area]))
  }
  if (photo) {
    constants.photo = await upload(float(photo.pixels, [3, -1]))
    constants.mask = await upload(float(photo.mask, [1, -1]))
  }

  context.onStage('Building the steps')
  const model = stepGraph(spec)
  const session = await runtime.session(model.bytes, { onHost: ['losses'] })
  const names = lossNames(spec)
  const stateNames = [levelsName, ...optimizer.states]

  return { size, flop: model.flop, step, dispose }

  async function step(rate: number) {
    const states = Object.fromEntries(stateNames.map((name) => [name, unknowns.values.get(name)!]))
    const feeds = {
      ...constants,
      ...states,
      ...tables(draw.texture()),
      rate: float(Float32Array.of(rate), []),
    }
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

  /** Gives the backbone's maps of planar images and their RMS; with `noise`, anew for each image. */
  async function extractor(noise = false) {
    const model = featureGraph(backbone, size, noise)
    const session = await runtime.session(model.bytes, { onHost: ['rms'] })
    const describe = (image: Float32Array): Promise<Record<string, Value>> => {
      const noises = model.inputs
        .filter(({ name }) => isNoise(name))
        .map(({ name, shape }) => [name, float(normals(shape), shape)] as const)
      const feeds = { image: float(image, [3, area]), ...Object.fromEntries(weights) }
      return run(session, model, { ...feeds, ...Object.fromEntries(noises) })
    }
    return { describe, release: () => session.release() }
  }

  function normals(shape: readonly number[]): Float32Array {
    return new Float32Array(shape.reduce((a, b) => a * b, 1)).map(random.normal)
  }

  /** Statistics of the style samples, drawn once a scale. */
  async function describeStyle(): Promise<Record<string, Value>> {
    const feeds: Record<string, Value | HostTensor> = { tapScale }
    const used: Value[] = []
    const add = async (prefix: string, image: Float32Array, positions: Positions) => {
      const { rms, ...maps } = await features.describe(image)
      used.push(rms, ...Object.values(maps))
      for (const k of shapes.stacked.keys()) feeds[`${prefix}_${mapName(k)}`] = maps[mapName(k)]
      for (const h of halvings) {
        const index = nearestIndex(positions, size, h)
        feeds[tableInputs(prefix, h).index] = { type: 'int32', dims: [index.length], data: index }
      }
    }
    await add('style', inputs.style, draw.style())
    if (samples.flipped > 0) await add('flip', inputs.flipped, draw.flipped())
    const model = styleGraph(shapes, size, { straight: samples.style, flipped: samples.flipped })
    const session = await runtime.session(model.bytes)
    const outputs = await run(session, model, feeds)
    await session.release()
    for (const value of used) value.dispose()
    return Object.fromEntries(styleNames.map((name) => [name, hold(outputs[name])]))
  }
}

/** Feeds only what the folded graph still asks for. */
function run(session: Session, model: OnnxModel, feeds: Readonly<Record<string, Value | HostTensor>>) {
  return session.run(Object.fromEntries(model.inputs.map(({ name }) => [name, feeds[name]])))
}

function mapValues<T extends Record<string, number>>(
  record: T,
  f: (value: number, key: string) => number,
): T {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)])) as T
}
