import { gaussianBlur } from '../image/blur.ts'

/** Less than this share of the kernel under any weight: nothing is known there. */
const least = 1e-4

/**
 * The weighted mean around each texel, as of `gaussianBlur`, but 0 where no weight is within reach: nothing is looked for further away.
 *
 * @param image size x size x channels
 * @param weight size x size, at least 0
 * @param sigma texels
 * @returns size x size x channels
 */
export function blurWithin(
  image: Float32Array,
  weight: Float32Array,
  size: number,
  channels: number,
  sigma: number,
): Float32Array {
  const depth = channels + 1
  const stacked = new Float32Array(size * size * depth)
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i]
    if (w === 0) continue
    for (let c = 0; c < channels; c++) stacked[i * depth + c] = w * image[i * channels + c]
    stacked[i * depth + channels] = w
  }
  const blurred = gaussianBlur(stacked, size, size, depth, sigma)
  const result = new Float32Array(image.length)
  for (let i = 0; i < weight.length; i++) {
    const w = blurred[i * depth + channels]
    if (w > least) for (let c = 0; c < channels; c++) result[i * channels + c] = blurred[i * depth + c] / w
  }
  return result
}
