/**
 * Numbers that are not what was computed. A device that is about to be lost, or short of memory, hands out zeros, NaN or what
 * lay there before, and nothing else tells of it: a buffer of zeros is a plain grey texture. So whatever passes through a device
 * is known by its magnitude, on both of its sides.
 */

import type { HostTensor, Runtime, Value } from '../runtime/runtime.ts'
import { RefinementError } from './refinement-error.ts'

/** Textures and pyramid levels, within -1..1 or little beyond, have no such magnitude, whatever the optimiser does. */
const beyondColours = 100

/** The mean absolute value; NaN where one of them is. */
export function magnitude(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i])
  return sum / values.length
}

/** Is it the same but for how a device sums? NaN and infinity are like nothing. */
export function isAlike(a: number, b: number): boolean {
  return Number.isFinite(a) && Math.abs(a - b) <= 0.01 * Math.max(Math.abs(a), Math.abs(b))
}

/** May this be the magnitude of a texture, or of its pyramid? Not of one that is all zero: no photo is. */
export function isOfColours(size: number): boolean {
  return size > 0 && size < beyondColours
}

/** @param texture the last good one */
export function garbled(texture: Float32Array | null = null): RefinementError {
  return new RefinementError(
    'garbled',
    'This device changed numbers that it was to keep, so there is no refined texture: go on from where it stopped, or close other programs and begin again.',
    texture,
  )
}

/**
 * Uploads what stays for a run or a scale.
 *
 * @throws RefinementError `garbled` where something else arrived
 */
export async function uploaded(runtime: Pick<Runtime, 'upload'>, tensor: HostTensor): Promise<Value> {
  const value = await runtime.upload(tensor)
  const arrived = await value.read()
  if (isAlike(magnitude(arrived as Float32Array), magnitude(tensor.data as Float32Array))) return value
  value.dispose()
  throw garbled()
}
