/** What a round optimises: the texture as a Laplacian pyramid, and the optimiser's states. */

import { areFinite } from '../image/are-finite.ts'
import type { Runtime, Value } from '../runtime/runtime.ts'
import { badCheckpoint } from './checkpoint.ts'
import { fromStored, toStored } from './colour-space.ts'
import { float } from './float.ts'
import { garbled, isAlike, isOfColours, magnitude } from './garbled.ts'
import type { Optimizer } from './optimizer.ts'
import { fromPlanar } from './planar.ts'
import { analyse, type Level, synthesise } from './pyramid.ts'
import type { Preset } from './schedule.ts'
import { levelsName } from './step.ts'

/** They live on the device and pass from scale to scale. */
export interface Unknowns {
  /** Pyramid levels, finest first. */
  shapes: readonly { height: number; width: number }[]
  /** `levels` and the optimiser's states, each one vector over all levels. */
  values: Map<string, Value>
  /** What the magnitude of each is known to be. */
  magnitudes: Map<string, number>
}

/** What they are made with. */
interface UnknownsContext {
  preset: Pick<Preset, 'chroma'>
  runtime: Pick<Runtime, 'upload'>
  optimizer: Pick<Optimizer, 'states'>
}

/** Levels of the Laplacian pyramid besides the residual (official value). */
const depth = 5

/** The pyramid of an image (planar, 3 x N x N, -1..1) on the device, with optimiser states of zero. */
export async function initialUnknowns(
  image: Float32Array,
  size: number,
  { preset, runtime, optimizer }: UnknownsContext,
): Promise<Unknowns> {
  const stored = toStored(image, preset.chroma)
  const levels = analyse({ height: size, width: size, data: stored }, depth)
  const vector = Float32Array.from(levels.flatMap(({ data }) => [...data]))
  const upload = (data: Float32Array) => runtime.upload(float(data, [-1]))
  const values = new Map([[levelsName, await upload(vector)]])
  const magnitudes = new Map([[levelsName, magnitude(vector)]])
  for (const state of optimizer.states) {
    values.set(state, await upload(new Float32Array(vector.length)))
    magnitudes.set(state, 0)
  }
  return { shapes: levels.map(({ height, width }) => ({ height, width })), values, magnitudes }
}

/**
 * Takes over what a checkpoint kept.
 *
 * @param kept by name, each one vector over all levels
 * @throws RefinementError `bad-checkpoint` where these are no unknowns of this run
 */
export async function restoreUnknowns(
  { shapes, values, magnitudes }: Unknowns,
  kept: Readonly<Record<string, Float32Array>>,
  runtime: Pick<Runtime, 'upload'>,
): Promise<void> {
  const length = shapes.reduce((sum, { height, width }) => sum + 3 * height * width, 0)
  for (const [name, value] of values) {
    const data = kept[name]
    const isOne = data instanceof Float32Array && data.length === length && areFinite(data)
    if (!isOne || (name === levelsName && !isOfColours(magnitude(data)))) throw badCheckpoint()
    value.dispose()
    values.set(name, await runtime.upload(float(data, [-1])))
    magnitudes.set(name, magnitude(data))
  }
}

/**
 * Copies the unknowns from the device, by name: each one vector over all levels.
 *
 * @throws RefinementError `garbled` where they are not what was computed
 */
export async function readUnknowns(unknowns: Unknowns): Promise<Record<string, Float32Array>> {
  const read = async (name: string) => [name, await readOne(unknowns, name)] as const
  return Object.fromEntries(await Promise.all([...unknowns.values.keys()].map(read)))
}

async function readOne({ values, magnitudes }: Unknowns, name: string): Promise<Float32Array> {
  const data = (await values.get(name)!.read()) as Float32Array
  if (!isAlike(magnitude(data), magnitudes.get(name)!)) throw garbled()
  return data
}

/** The unknowns as a texture N x N x 3; not clamped to 0..1. @throws RefinementError `garbled` */
export async function readTexture(
  unknowns: Unknowns,
  preset: Pick<Preset, 'chroma'>,
  size: number,
): Promise<Float32Array> {
  return fromPlanar(synthesise(await readLevels(unknowns, preset)).data, size)
}

/** The pyramid's levels as they are now, finest first, in plain RGB. */
export async function readLevels(unknowns: Unknowns, { chroma }: Pick<Preset, 'chroma'>): Promise<Level[]> {
  const vector = await readOne(unknowns, levelsName)
  let end = 0
  return unknowns.shapes.map(({ height, width }) => {
    const start = end
    end += 3 * height * width
    return { height, width, data: fromStored(vector.subarray(start, end), chroma) }
  })
}

export function disposeUnknowns({ values }: Unknowns): void {
  for (const value of values.values()) value.dispose()
}
