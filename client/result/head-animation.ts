import type { Buffer, Document, Node } from '@gltf-transform/core'
import { expressionNames } from '../head/expressions/names.ts'
import { targetNames } from './morph-targets.ts'
import type { Rig } from './rig.ts'

/** What a head did over a while. */
export interface HeadAnimation {
  /** What programs list it as. */
  name: string
  /** F, seconds, ascending from 0 or later. */
  times: Float32Array
  /** F x one for each of `expressionNames`, in that order; 0..1, and cut to that. */
  weights: Float32Array
  /** How its bones are turned, F x 4 each: quaternions x, y, z, w against the bone before. Left out: it looks straight ahead. */
  turns?: { neck: Float32Array; head: Float32Array }
}

/** Frames that are nearer than this to the line between others are left out: weights, and parts of quaternions (a tenth of a degree). */
const tolerance = { weight: 1 / 255, turn: 0.001 }

/**
 * Writes an animation: one sampler for the weights of all meshes, which have the same morph targets, and one for each bone.
 *
 * @throws RangeError where its arrays do not agree in length, a number is none, or its times do not ascend
 */
export function addAnimation(
  document: Document,
  buffer: Buffer,
  animation: HeadAnimation,
  meshes: readonly Node[],
  { neck, head }: Rig,
): void {
  checkAnimation(animation)
  const { name, times, turns } = animation
  const weights = targetWeights(animation)
  const frames = framesToKeep(times, [
    { values: weights, tolerance: tolerance.weight },
    ...(turns ? [turns.neck, turns.head] : []).map((values) => ({ values, tolerance: tolerance.turn })),
  ])
  const kept = (values: Float32Array) => {
    const width = values.length / times.length
    const result = new Float32Array(frames.length * width)
    for (const [i, frame] of frames.entries())
      result.set(values.subarray(frame * width, (frame + 1) * width), i * width)
    return result
  }
  const accessor = (type: 'SCALAR' | 'VEC4', values: Float32Array) =>
    document.createAccessor().setType(type).setArray(kept(values)).setBuffer(buffer)
  const input = accessor('SCALAR', times)
  const written = document.createAnimation(name)
  const drive = (
    nodes: readonly Node[],
    path: 'weights' | 'rotation',
    type: 'SCALAR' | 'VEC4',
    values: Float32Array,
  ) => {
    const sampler = document.createAnimationSampler().setInput(input).setOutput(accessor(type, values))
    written.addSampler(sampler)
    for (const node of nodes)
      written.addChannel(
        document.createAnimationChannel().setTargetNode(node).setTargetPath(path).setSampler(sampler),
      )
  }
  drive(meshes, 'weights', 'SCALAR', weights)
  if (!turns) return
  drive([neck], 'rotation', 'VEC4', unitQuaternions(turns.neck))
  drive([head], 'rotation', 'VEC4', unitQuaternions(turns.head))
}

function checkAnimation({ name, times, weights, turns }: HeadAnimation): void {
  const frames = times.length
  const lengths = [
    weights.length / expressionNames.length,
    ...Object.values(turns ?? {}).map(({ length }) => length / 4),
  ]
  if (frames === 0 || lengths.some((length) => length !== frames)) {
    throw new RangeError(
      `The animation "${name}" needs ${expressionNames.length} weights and 4 numbers a turn for each of its ${frames} times; ` +
        `it has them for ${lengths.join(', ')}.`,
    )
  }
  const arrays = [times, weights, ...Object.values(turns ?? {})]
  if (arrays.some((values) => values.some((value) => !Number.isFinite(value)))) {
    throw new RangeError(`The animation "${name}" holds a number that is not finite.`)
  }
  if (times.some((time, i) => (i === 0 ? time < 0 : time <= times[i - 1]))) {
    throw new RangeError(`The times of the animation "${name}" do not ascend from 0 on.`)
  }
}

/** @returns F x `targetNames`: visemes rest, since they are made of expressions */
function targetWeights({ times, weights }: HeadAnimation): Float32Array {
  const result = new Float32Array(times.length * targetNames.length)
  for (let frame = 0; frame < times.length; frame++)
    for (let k = 0; k < expressionNames.length; k++)
      result[frame * targetNames.length + k] = Math.min(
        1,
        Math.max(0, weights[frame * expressionNames.length + k]),
      )
  return result
}

interface Track {
  /** F x any number */
  values: Float32Array
  tolerance: number
}

/** The frames between which all others lie on straight lines, nearly. The first and last are among them. */
function framesToKeep(times: Float32Array, tracks: readonly Track[]): number[] {
  const kept = [0]
  for (let to = 2; to < times.length; to++) {
    if (!isStraight(times, tracks, kept[kept.length - 1], to)) kept.push(to - 1)
  }
  if (times.length > 1) kept.push(times.length - 1)
  return kept
}

function isStraight(times: Float32Array, tracks: readonly Track[], from: number, to: number): boolean {
  for (let frame = from + 1; frame < to; frame++) {
    const share = (times[frame] - times[from]) / (times[to] - times[from])
    for (const { values, tolerance } of tracks) {
      const width = values.length / times.length
      for (let i = 0; i < width; i++) {
        const [a, b] = [values[from * width + i], values[to * width + i]]
        if (Math.abs(a + share * (b - a) - values[frame * width + i]) > tolerance) return false
      }
    }
  }
  return true
}

function unitQuaternions(values: Float32Array): Float32Array {
  const result = values.slice()
  for (let i = 0; i < values.length; i += 4) {
    const length = Math.hypot(values[i], values[i + 1], values[i + 2], values[i + 3])
    if (length > 1e-6) for (let c = 0; c < 4; c++) result[i + c] /= length
    else result.set([0, 0, 0, 1], i)
  }
  return result
}
