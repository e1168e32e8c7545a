import { grain } from '../capture/complete/grain.ts'
import type { Capture } from '../face/types.ts'
import { toLog } from '../image/log-texture.ts'
import { resize } from '../image/resize.ts'
import { maskWhere } from '../image/texels.ts'
import { faceTexels, restTexels } from './texture-sides.ts'

/**
 * Gives the rest's skin the grain of the face's own, at the rest's scale: noise of mean 0.
 *
 * @param rest N x N x 3, log domain; changed in place
 */
export function addSkinGrain(rest: Float32Array, { size, sampled, weight, features }: Capture): void {
  // The face's texels are smaller: this many of the rest's are as long as its side.
  const side = Math.round(size * (restTexels(1, size) / faceTexels(1, size)))
  const log = toLog(resize(sampled, size, size, 3, side, side))
  const plain = new Float32Array(size * size)
  for (let i = 0; i < plain.length; i++) plain[i] = weight[i] > 0.6 && !features[i] ? 1 : 0
  const share = resize(plain, size, size, 1, side, side)
  const skin = maskWhere(share.length, (i) => share[i] > 0.99)
  const patch = grain(log, side, skin, new Uint8Array(side * side).fill(1))
  for (let y = 0, to = 0; y < size; y++)
    for (let x = 0; x < size; x += side) {
      const from = 3 * (y % side) * side
      const end = from + 3 * Math.min(side, size - x)
      for (let k = from; k < end; k++, to++) rest[to] += patch[k]
    }
}
