/** Structural similarity. */

/** Sigma in pixels and half the side of the 11 x 11 Gaussian window. */
const sigma = 1.5
const radius = 5
/** (K1 L)^2 and (K2 L)^2 for values of range L = 1. */
const c1 = 0.01 ** 2
const c2 = 0.03 ** 2
/** Rec. 601 */
const luma = [0.299, 0.587, 0.114]

const window = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
  Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
)

/**
 * Mean SSIM of two images' luma (Wang et al. 2004: 11 x 11 Gaussian window of sigma 1.5, K1 .01, K2 .03, population
 * covariance). At the border the window is cut off and its weights are normalised anew.
 *
 * The mask says which windows' centres count; the windows themselves see all pixels. To compare a part only, give images
 * that agree elsewhere (`pasted` of region.ts).
 *
 * @param a height x width x 3, 0..1
 * @param b height x width x 3, 0..1
 * @param mask height x width, not 0 where it counts. Default: everywhere
 * @returns -1..1, 1 for equal images; NaN where the mask is empty
 */
export function ssim(
  a: Float32Array,
  b: Float32Array,
  width: number,
  height: number,
  mask?: ArrayLike<number>,
): number {
  const count = width * height
  if (a.length !== 3 * count || b.length !== 3 * count || (mask && mask.length !== count))
    throw new Error(
      `ssim compares two images of ${width} x ${height} x 3 values under a mask of ${count}, got ${a.length}, ${b.length} and ${mask?.length ?? 'no mask'}.`,
    )
  const [x, y] = [toLuma(a), toLuma(b)]
  const mean = (values: Float64Array) => windowMeans(values, width, height)
  const [meanX, meanY] = [mean(x), mean(y)]
  const [squareX, squareY] = [mean(product(x, x)), mean(product(y, y))]
  const cross = mean(product(x, y))
  let sum = 0
  let counted = 0
  for (let i = 0; i < count; i++) {
    if (mask && !mask[i]) continue
    const [mx, my] = [meanX[i], meanY[i]]
    const covariance = cross[i] - mx * my
    const variances = squareX[i] - mx * mx + squareY[i] - my * my
    sum += ((2 * mx * my + c1) * (2 * covariance + c2)) / ((mx * mx + my * my + c1) * (variances + c2))
    counted++
  }
  return sum / counted
}

const product = (x: Float64Array, y: Float64Array) => x.map((value, i) => value * y[i])

/** In double precision: variances are small differences of large sums. */
function toLuma(image: Float32Array): Float64Array {
  const [r, g, b] = luma
  const result = new Float64Array(image.length / 3)
  for (let i = 0; i < result.length; i++)
    result[i] = r * image[3 * i] + g * image[3 * i + 1] + b * image[3 * i + 2]
  return result
}

/** Normalised weighted means over the window around each pixel: along the rows, then along the columns. */
function windowMeans(values: Float64Array, width: number, height: number): Float64Array {
  return along(along(values, width, height, 1), height, width, width)
}

/** @param stride distance of neighbours along the filtered axis, which is `length` long */
function along(values: Float64Array, length: number, lines: number, stride: number): Float64Array {
  const result = new Float64Array(values.length)
  const across = stride === 1 ? length : 1
  for (let line = 0; line < lines; line++) {
    const start = line * across
    for (let i = 0; i < length; i++) {
      let sum = 0
      let weight = 0
      const last = Math.min(length - 1, i + radius)
      for (let k = Math.max(0, i - radius); k <= last; k++) {
        const w = window[k - i + radius]
        sum += w * values[start + k * stride]
        weight += w
      }
      result[start + i * stride] = sum / weight
    }
  }
  return result
}
