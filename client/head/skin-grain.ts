import { grain } from '../capture/complete/grain.ts'
import type { Capture } from '../face/types.ts'
import { toLog } from '../image/log-texture.ts'
import { resize } from '../image/resize.ts'
import { maskWhere } from '../image/texels.ts'
import { faceTexels, restTexels } from './texture-sides.ts'

/**
 * The grain of the face's own skin at the rest's scale, for skin that nobody has seen.
 *
 * @returns N x N x 3, log units of mean 0
 */
export function skinGrain({ size, sampled, weight, features }: Capture): Float32Array {
  // The face's texels are smaller: this many of the rest's are as long as its side.
  const side = Math.round(size * (restTexels(1, size) / faceTexels(1, size)))
  const log = toLog(resize(sampled, size, size, 3, side, side))
  const plain = new Float32Array(size * size)
  for (let i = 0; i < plain.length; i++) plain[i] = weight[i] > 0.6 && !features[i] ? 1 : 0
  const share = resize(plain, size, size, 1, side, side)
  const skin = maskWhere(share.length, (i) => share[i] > 0.99)
  const patch = grain(log, side, skin, new Uint8Array(side * side).fill(1))
  const result = new Float32Array(size * size * 3)
  for (let y = 0; y < size; y++) {
    const row = patch.subarray(3 * (y % side) * side, 3 * ((y % side) + 1) * side)
    for (let x = 0; x < size; x += side)
      result.set(row.subarray(0, 3 * Math.min(side, size - x)), 3 * (y * size + x))
  }
  return result
}
