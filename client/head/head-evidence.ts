import { Evidence } from '../face/evidence.ts'
import type { Head } from './complete-head.ts'

/**
 * Where each texel of a head's texture comes from.
 *
 * @param face N x N, `Evidence` of the face's texels, without the photo's hair over them
 * @param head what was made to it
 * @param size N
 * @returns N rows of 2N, as `headAtlas` lays the texture out
 */
export function headEvidence(
  face: Uint8Array,
  { evidence, faceHair }: Pick<Head, 'evidence' | 'faceHair'>,
  size: number,
): Uint8Array {
  const both = new Uint8Array(2 * size * size)
  for (let y = 0; y < size; y++) {
    both.set(face.subarray(y * size, (y + 1) * size), 2 * y * size)
    both.set(evidence.subarray(y * size, (y + 1) * size), (2 * y + 1) * size)
    for (let x = 0; faceHair && x < size; x++)
      if (faceHair.weight[y * size + x] > 0.5) both[2 * y * size + x] = Evidence.own
  }
  return both
}
