/** Differences between images. */

/**
 * Peak signal-to-noise ratio in decibels, for values of range 0..1.
 *
 * @param a pixels x channels
 * @param b pixels x channels
 * @param mask pixels; only those that are not 0 count. Default: all
 * @returns dB; Infinity for equal images, NaN where the mask is empty
 *
 * @example psnr(new Float32Array([0.5]), new Float32Array([0.6]), 1) // -> 20
 */
export function psnr(a: Float32Array, b: Float32Array, channels: number, mask?: ArrayLike<number>): number {
  return -10 * Math.log10(meanOf(a, b, channels, mask, (difference) => difference * difference))
}

/** Mean absolute difference, arguments as of {@link psnr}; NaN where the mask is empty. */
export function meanAbsoluteDifference(
  a: Float32Array,
  b: Float32Array,
  channels: number,
  mask?: ArrayLike<number>,
): number {
  return meanOf(a, b, channels, mask, Math.abs)
}

function meanOf(
  a: Float32Array,
  b: Float32Array,
  channels: number,
  mask: ArrayLike<number> | undefined,
  of: (difference: number) => number,
): number {
  if (a.length !== b.length) throw new Error(`Images of ${a.length} and ${b.length} values do not compare.`)
  let sum = 0
  let count = 0
  for (let i = 0; i < a.length; i++) {
    if (mask && mask[Math.floor(i / channels)] === 0) continue
    sum += of(a[i] - b[i])
    count++
  }
  return sum / count
}
