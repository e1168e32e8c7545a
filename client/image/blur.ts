/** Gaussian blur of interleaved images, optionally weighted. */

/** Kernels are cut at this many sigmas (what is lost there is below 0.05%). */
const reach = 3.5
/** Above this sigma (pixels) the blur runs on an image reduced by a power of two. */
const directSigma = 6
/** Below this share of the kernel's mass under non-zero weight, a wider blur takes over smoothly. */
const scarce = 1e-3

/**
 * Normalised Gaussian blur: `sum(g w x) / sum(g w)` at every pixel. Without `weight`, w = 1 inside the image, so the
 * kernel is renormalised at the borders and a constant stays constant.
 *
 * Where hardly any weight is within reach, the result passes smoothly to the blur of twice the width, and so on
 * to the weighted mean of the whole image; 0 where all weights are 0. Exact sampled kernel up to sigma 6, within 1%
 * of it (of its peak) above.
 *
 * @param data height x width x channels, interleaved
 * @param sigma pixels; 0 returns a copy
 * @param weight height x width, at least 0. Values of `data` under weight 0 are not looked at, unless NaN
 * @param wanted height x width, not 0 where the result is wanted: elsewhere it may be 0, which saves work. Default: everywhere
 * @returns height x width x channels
 */
export function gaussianBlur(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  sigma: number,
  weight?: Float32Array,
  wanted?: ArrayLike<number>,
): Float32Array {
  const count = width * height
  if (data.length !== count * channels || (weight && weight.length !== count)) {
    throw new Error(
      `gaussianBlur needs ${width} x ${height} x ${channels} values and ${count} weights, ` +
        `got ${data.length} and ${weight?.length ?? 'none'}.`,
    )
  }
  if (!(sigma > 0)) return data.slice()
  if (!weight && sigma <= directSigma) return blurWhole(data, width, height, channels, gaussian(sigma))
  return normalise(stack(data, channels, weight), width, height, channels, sigma, wanted)
}

/**
 * {@link gaussianBlur} where its weight is not 0, and 0 elsewhere: a fraction of the work, since nothing has to be found from afar.
 *
 * @param data height x width x channels, interleaved
 * @param sigma pixels, above 0
 * @param weight height x width, 0 or 1
 * @returns height x width x channels
 */
export function blurWithin(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  sigma: number,
  weight: Float32Array,
): Float32Array {
  const blurred = widening(stack(data, channels, weight), width, height, channels + 1, sigma)(0)
  const result = new Float32Array(data.length)
  const found = new Float64Array(channels + 1)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (!weight[i]) continue
      read(blurred, x, y, found)
      for (let c = 0; c < channels; c++) result[i * channels + c] = found[c] / found[channels]
    }
  return result
}

/**
 * The exact Gaussian blur of every `every`th row, for statistics that need no more of them.
 *
 * @param data height x width x channels, interleaved
 * @param sigma pixels, above 0
 * @returns ceil(height / every) x width x channels
 */
export function blurRows(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  sigma: number,
  every: number,
): Float32Array {
  const kernel = gaussian(sigma)
  const radius = kernel.length - 1
  const row = width * channels
  const result = new Float32Array(Math.ceil(height / every) * row)
  const [across, down] = [width, height].map((length) => massAlong(length, kernel))
  const sums = new Float64Array(row)
  const line = new Float32Array(row + 2 * radius * channels)
  for (let y = 0, to = 0; y < height; y += every, to += row) {
    sums.fill(0)
    for (let near = Math.max(0, y - radius); near <= Math.min(height - 1, y + radius); near++) {
      const weight = kernel[Math.abs(near - y)]
      for (let i = 0, from = near * row; i < row; i++, from++) sums[i] += weight * data[from]
    }
    line.set(sums, radius * channels)
    convolveRow(line, radius * channels, channels, kernel, result, to, 0, row)
    for (let x = 0, i = to; x < width; x++)
      for (let c = 0; c < channels; c++, i++) result[i] /= across[x] * down[y]
  }
  return result
}

/** What of a kernel's mass lies within an axis, at each of its pixels. */
function massAlong(length: number, kernel: Float64Array): Float32Array {
  return convolve(new Float32Array(length).fill(1), length, 1, 1, kernel).map((mass) => mass / kernel[0])
}

/** Without weights the kernel's mass is the product of what each axis has of it. */
function blurWhole(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  kernel: Float64Array,
) {
  const blurred = convolve(data, width, height, channels, kernel)
  const [across, down] = [width, height].map((length) => massAlong(length, kernel))
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const mass = across[x] * down[y]
      for (let c = 0; c < channels; c++, i++) blurred[i] /= mass
    }
  return blurred
}

/** Values x weight, then the weight as one more channel. */
function stack(data: Float32Array, channels: number, weight?: Float32Array): Float32Array {
  const count = data.length / channels
  const stacked = new Float32Array(count * (channels + 1))
  for (let i = 0, o = 0; i < count; i++) {
    const w = weight ? weight[i] : 1
    for (let c = 0; c < channels; c++) stacked[o++] = data[i * channels + c] * w
    stacked[o++] = w
  }
  return stacked
}

/** The blur of `stacked` (values x weight, then weight, per pixel), divided by its blurred weight. */
function normalise(
  stacked: Float32Array,
  width: number,
  height: number,
  channels: number,
  sigma: number,
  wanted?: ArrayLike<number>,
): Float32Array {
  const result = new Float32Array(width * height * channels)
  const level = widening(stacked, width, height, channels + 1, sigma)
  const narrow = level(0)
  const found = new Float64Array(channels + 1)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (wanted && !wanted[i]) continue
      // What has too little weight takes the rest from the next wider blur, and so on.
      let share = 1
      for (let wider = 0; share > 0; wider++) {
        const blurred = wider ? level(wider) : narrow
        read(blurred, x, y, found)
        const weight = found[channels]
        const missing = blurred.whole ? 0 : Math.max(0, scarce - weight)
        if (weight + missing > 0)
          for (let c = 0; c < channels; c++)
            result[i * channels + c] += (share * found[c]) / (weight + missing)
        share *= missing > 0 ? missing / (weight + missing) : 0
      }
    }
  return result
}

/** Blurs of an image with zeros beyond the border, as they are asked for: of sigma, twice sigma, ... up to its sum. */
function widening(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  sigma: number,
): (level: number) => Blurred {
  const levels: Blurred[] = []
  let small: Small | null = null
  return (level) => {
    for (let k = levels.length; k <= level; k++) {
      const wide = sigma * 2 ** k
      if (wide > 2 * Math.max(width, height)) {
        levels.push(summed(data, channels))
        continue
      }
      const factor = factorFor(wide)
      if (factor > 1) small = small ? halved(small, channels) : shrink(data, width, height, channels, factor)
      levels.push(blurred(small ?? { data, width, height, factor }, channels, wide))
    }
    return levels[level]
  }
}

/** An image that was blurred, as it is kept. */
interface Blurred extends Small {
  /** It is one pixel, the image's sum. */
  whole: boolean
}

function summed(data: Float32Array, channels: number): Blurred {
  const sum = new Float64Array(channels)
  for (let i = 0; i < data.length; i += channels) for (let c = 0; c < channels; c++) sum[c] += data[i + c]
  return { data: Float32Array.from(sum), width: 1, height: 1, factor: 1, whole: true }
}

function blurred(small: Small, channels: number, sigma: number): Blurred {
  const { data, width, height, factor } = small
  // Block means add (f^2 - 1) / 12 to the kernel's variance, linear interpolation (2 f^2 + 1) / 12.
  const variance = factor > 1 ? sigma * sigma - (factor * factor) / 4 : sigma * sigma
  const kernel = gaussian(Math.sqrt(variance) / factor)
  return { ...small, data: convolve(data, width, height, channels, kernel), whole: false }
}

/** The image is made smaller by this power of two before it is blurred. */
const factorFor = (sigma: number) =>
  sigma <= directSigma ? 1 : 2 ** Math.ceil(Math.log2(sigma / directSigma))

/** The channels of a blurred image at a pixel: of blocks by linear interpolation between their middles. */
function read({ data, width, factor, whole }: Blurred, x: number, y: number, value: Float64Array): void {
  const channels = value.length
  if (factor === 1) {
    const from = whole ? 0 : (y * width + x) * channels
    for (let c = 0; c < channels; c++) value[c] = data[from + c]
    return
  }
  const v = (y + 0.5) / factor + 0.5
  const u = (x + 0.5) / factor + 0.5
  const top = Math.floor(v)
  const left = Math.floor(u)
  const fy = v - top
  const fx = u - left
  const from = (top * width + left) * channels
  const below = width * channels
  for (let c = 0; c < channels; c++) {
    const i = from + c
    const upper = data[i] + fx * (data[i + channels] - data[i])
    const lower = data[i + below] + fx * (data[i + below + channels] - data[i + below])
    value[c] = upper + fy * (lower - upper)
  }
}

/** Half of a sampled Gaussian kernel of sum 1: value at 0, 1, ... */
function gaussian(sigma: number): Float64Array {
  const radius = Math.max(1, Math.ceil(reach * sigma))
  const kernel = Float64Array.from({ length: radius + 1 }, (_, i) => Math.exp(-(i * i) / (2 * sigma * sigma)))
  const sum = kernel.reduce((total, value, i) => total + (i ? 2 : 1) * value, 0)
  return kernel.map((value) => value / sum)
}

/** Separable convolution with a symmetric kernel, zeros beyond the border. Of a row's zeros at both ends nothing is made. */
function convolve(data: Float32Array, width: number, height: number, channels: number, kernel: Float64Array) {
  const row = width * channels
  const radius = kernel.length - 1
  const reach = radius * channels
  // As many rows of zeros above and below as the kernel reaches.
  const across = new Float32Array((height + 2 * radius) * row)
  const line = new Float32Array(row + 2 * reach)
  // Where in each row there may be something else than zeros.
  const first = new Int32Array(height)
  const end = new Int32Array(height)
  for (let y = 0; y < height; y++) {
    let [from, to] = [y * row, (y + 1) * row]
    while (from < to && data[from] === 0) from++
    while (to > from && data[to - 1] === 0) to--
    if (from === to) continue
    first[y] = Math.max(0, from - y * row - reach)
    end[y] = Math.min(row, to - y * row + reach)
    line.set(data.subarray(y * row, (y + 1) * row), reach)
    convolveRow(line, reach, channels, kernel, across, (radius + y) * row, first[y], end[y])
  }
  const down = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    let [from, to] = [row, 0]
    for (let near = Math.max(0, y - radius); near <= y + radius && near < height; near++) {
      if (end[near] === 0) continue
      from = Math.min(from, first[near])
      to = Math.max(to, end[near])
    }
    if (from < to) convolveRow(across, (radius + y) * row, row, kernel, down, y * row, from, to)
  }
  return down
}

/**
 * Numbers `from` to `to` of a row, four at a time, which takes half as long.
 *
 * @param begin of the row in the source
 * @param step from one of the kernel's places to the next in the source, which has them all
 * @param to0 where the row begins in the target
 */
function convolveRow(
  source: Float32Array,
  begin: number,
  step: number,
  kernel: Float64Array,
  target: Float32Array,
  to0: number,
  from: number,
  to: number,
): void {
  const radius = kernel.length - 1
  let i = from
  for (; i + 4 <= to; i += 4) {
    const at = begin + i
    let weight = kernel[0]
    let a = weight * source[at]
    let b = weight * source[at + 1]
    let c = weight * source[at + 2]
    let d = weight * source[at + 3]
    for (let k = 1, shift = step; k <= radius; k++, shift += step) {
      const low = at - shift
      const high = at + shift
      weight = kernel[k]
      a += weight * (source[low] + source[high])
      b += weight * (source[low + 1] + source[high + 1])
      c += weight * (source[low + 2] + source[high + 2])
      d += weight * (source[low + 3] + source[high + 3])
    }
    target[to0 + i] = a
    target[to0 + i + 1] = b
    target[to0 + i + 2] = c
    target[to0 + i + 3] = d
  }
  for (; i < to; i++) {
    const at = begin + i
    let sum = kernel[0] * source[at]
    for (let k = 1; k < kernel.length; k++) sum += kernel[k] * (source[at - k * step] + source[at + k * step])
    target[to0 + i] = sum
  }
}

/** Means of `factor` x `factor` blocks, zeros beyond the border; one more block around for the interpolation. */
interface Small {
  data: Float32Array
  /** Of blocks, as `height`; with factor 1 of pixels, and none around. */
  width: number
  height: number
  factor: number
}

function shrink(data: Float32Array, width: number, height: number, channels: number, factor: number): Small {
  const small = emptied(Math.ceil(width / factor), Math.ceil(height / factor), channels, factor)
  const share = 1 / (factor * factor)
  const means = small.data
  for (let y = 0, from = 0; y < height; y++) {
    let to = ((Math.floor(y / factor) + 1) * small.width + 1) * channels
    for (let begin = 0; begin < width; begin += factor, to += channels) {
      const end = Math.min(width, begin + factor)
      for (let x = begin; x < end; x++)
        for (let c = 0; c < channels; c++) means[to + c] += share * data[from++]
    }
  }
  return small
}

/** Means of twice as large blocks. */
function halved({ data, width, height, factor }: Small, channels: number): Small {
  const small = emptied(Math.ceil(width / 2) - 1, Math.ceil(height / 2) - 1, channels, 2 * factor)
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const from = (y * width + x) * channels
      const to = (((y + 1) >> 1) * small.width + ((x + 1) >> 1)) * channels
      for (let c = 0; c < channels; c++) small.data[to + c] += data[from + c] / 4
    }
  return small
}

function emptied(columns: number, rows: number, channels: number, factor: number): Small {
  const [width, height] = [columns + 2, rows + 2]
  return { width, height, factor, data: new Float32Array(width * height * channels) }
}
