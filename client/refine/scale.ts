/** One scale of a run: compiles its step, prepares what is constant within it, and takes steps. */

import type { HostTensor, Value } from '../runtime/runtime.ts'
import { float } from './float.ts'
import { isAlike, uploaded } from './garbled.ts'
import { sampleTables } from './hypercolumn.ts'
import type { ScaleInputs } from './inputs.ts'
import type { RunContext } from './run-context.ts'
import { halvingsOf, run, scaleFeatures } from './scale-features.ts'
import type { Preset } from './schedule.ts'
import { levelsName, lossWeights, mapShapes, nextName, type StepSpec, stepGraph } from './step.ts'
import type { LossName } from './types.ts'
import type { Unknowns } from './unknowns.ts'

export interface Scale {
  size: number
  /** Floating-point operations of one step. */
  flop: number
  /** Takes one optimiser step. */
  step(rate: number): Promise<{
    losses: Partial<Record<LossName, number>>
    /** The one before the step, planar, still on the device: dispose it. */
    texture: Value
    /** Were the unknowns that it began with what they were known to be? */
    isSound: boolean
  }>
  dispose(): Promise<void>
}

/** @param roundWeights the preset's weights in this round */
export async function prepareScale(
  context: RunContext,
  inputs: ScaleInputs,
  roundWeights: Preset['weights'],
  unknowns: Unknowns,
): Promise<Scale> {
  const { runtime, backbone, optimizer, weights } = context
  const { size, draw } = inputs
  const shapes = mapShapes(backbone, size)
  const halvings = halvingsOf(shapes, size)

  context.onStage('Looking at the skin')
  const held = { ...(await scaleFeatures(context, inputs, shapes)), ...(await uploadImages(context, inputs)) }
  const constants = { ...Object.fromEntries(weights), ...held }

  context.onStage('Building the steps')
  const spec = stepSpec(context, inputs, roundWeights, unknowns)
  const model = stepGraph(spec)
  const session = await runtime.session(model.bytes, { onHost: ['losses'] })
  const weighted = Object.entries(lossWeights(spec)) as [LossName, number][]
  const stateNames = [levelsName, ...optimizer.states]

  return {
    size,
    flop: model.flop,
    async step(rate) {
      const states = stateNames.map((name) => [name, unknowns.values.get(name)!])
      const outputs = await run(session, model, {
        ...{ ...constants, ...Object.fromEntries(states) },
        ...sampleTables('x', draw.texture(), size, halvings),
        rate: float(Float32Array.of(rate), []),
      })
      for (const name of stateNames) {
        unknowns.values.get(name)!.dispose()
        unknowns.values.set(name, outputs[nextName(name)])
      }
      const values = (await outputs.losses.read()) as Float32Array
      outputs.losses.dispose()
      const total = weighted.reduce((sum, [, weight], i) => sum + weight * values[i], 0)
      const losses = { total, ...Object.fromEntries(weighted.map(([name], i) => [name, values[i]])) }
      const [came, go] = [0, 1].map((k) => values.subarray(weighted.length + k * stateNames.length))
      const isSound = stateNames.every((name, i) => isAlike(unknowns.magnitudes.get(name)!, came[i]))
      for (const [i, name] of stateNames.entries()) unknowns.magnitudes.set(name, go[i])
      return { losses, texture: outputs.texture, isSound }
    },
    async dispose() {
      await session.release()
      for (const value of Object.values(held)) value.dispose()
    },
  }
}

function stepSpec(
  { preset, backbone, optimizer }: RunContext,
  { size, divisor, samples, freedom, photo }: ScaleInputs,
  roundWeights: Preset['weights'],
  unknowns: Unknowns,
): StepSpec {
  return {
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
}

/** Images that the step compares or composites with, by the name of its input. */
async function uploadImages(
  { runtime }: RunContext,
  { size, content, freedom, photo }: ScaleInputs,
): Promise<Record<string, Value>> {
  const area = size * size
  const images: Record<string, HostTensor> = {}
  if (freedom) {
    images.freedom = float(freedom, [1, area])
    const locked = content.map((value, i) => value * (1 - freedom[i % area]))
    images.locked = float(locked, [3, area])
  }
  if (photo) {
    images.photo = float(photo.pixels, [3, -1])
    images.mask = float(photo.mask, [1, -1])
  }
  const uploads = Object.entries(images).map(async ([name, image]) => [name, await uploaded(runtime, image)])
  return Object.fromEntries(await Promise.all(uploads))
}

function mapValues<T extends Record<string, number>>(
  record: T,
  f: (value: number, key: string) => number,
): T {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value, key)])) as T
}
