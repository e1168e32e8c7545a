import { comparedSide } from '../../worker/contract/visible-psnr.ts'
import type { Unwrap } from '../face/types.ts'
import { encodePng } from './png.ts'

/**
 * What the photo shows of a face, small: the texels that were sampled from it, averaged over boxes by their weight.
 *
 * @param unwrap N a multiple of 256.
 * @returns 256 x 256 RGBA, sRGB-encoded, straight alpha: a box's mean weight. Black where that rounds to 0.
 * @throws RangeError where N is no multiple of 256.
 */
export function sampledPixels({
  size,
  sampled,
  weight,
}: Pick<Unwrap, 'size' | 'sampled' | 'weight'>): Uint8ClampedArray<ArrayBuffer> {
  const box = size / comparedSide
  if (!Number.isInteger(box) || box === 0) {
    throw new RangeError(`A texture of ${size} x ${size} texels cannot be reduced to ${comparedSide} evenly.`)
  }
  const sums = new Float32Array(comparedSide * comparedSide * 4)
  for (let i = 0; i < weight.length; i++) {
    if (!(weight[i] > 0)) continue
    const to = 4 * (Math.floor(i / size / box) * comparedSide + Math.floor((i % size) / box))
    for (let c = 0; c < 3; c++) sums[to + c] += weight[i] * sampled[3 * i + c]
    sums[to + 3] += weight[i]
  }
  const pixels = new Uint8ClampedArray(sums.length)
  for (let i = 0; i < sums.length; i += 4) {
    const alpha = Math.round((255 * sums[i + 3]) / (box * box))
    if (alpha === 0) continue
    for (let c = 0; c < 3; c++) pixels[i + c] = Math.round((255 * sums[i + c]) / sums[i + 3])
    pixels[i + 3] = alpha
  }
  return pixels
}

/** {@link sampledPixels} as a PNG: what a shared result's texture is checked against, and not kept after that. */
export function sampledPng(
  unwrap: Pick<Unwrap, 'size' | 'sampled' | 'weight'>,
): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(sampledPixels(unwrap), comparedSide, comparedSide, 'rgba')
}
