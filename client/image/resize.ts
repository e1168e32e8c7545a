/** Change of an image's size. */

/**
 * Resizes each axis on its own: bilinear (pixel centres at half-integers, clamped at the border) where it grows, area
 * average where it shrinks. A constant stays constant.
 *
 * @param data height x width x channels, interleaved
 * @returns newHeight x newWidth x channels
 *
 * @example resize(new Float32Array([0, 1, 2, 3]), 4, 1, 1, 2, 1) // -> [0.5, 2.5]
 */
export function resize(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  newWidth: number,
  newHeight: number,
): Float32Array {
  if (data.length !== width * height * channels) {
    throw new Error(`resize needs ${width} x ${height} x ${channels} values, got ${data.length}.`)
  }
  // First the way that leaves less to do for the other.
  if (newHeight < height)
    return resizeRows(
      resizeColumns(data, width * channels, height, newHeight),
      width,
      newHeight,
      channels,
      newWidth,
    )
  return resizeColumns(
    resizeRows(data, width, height, channels, newWidth),
    newWidth * channels,
    height,
    newHeight,
  )
}

/** @returns height x newWidth x channels */
function resizeRows(
  data: Float32Array,
  width: number,
  height: number,
  channels: number,
  newWidth: number,
): Float32Array {
  const { start, index, weight } = taps(width, newWidth)
  const result = new Float32Array(newWidth * height * channels)
  for (let y = 0, to = 0; y < height; y++) {
    const line = y * width
    for (let x = 0; x < newWidth; x++)
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let t = start[x]; t < start[x + 1]; t++)
          sum += weight[t] * data[(line + index[t]) * channels + c]
        result[to++] = sum
      }
  }
  return result
}

/** @param row numbers @returns newHeight x row */
function resizeColumns(data: Float32Array, row: number, height: number, newHeight: number): Float32Array {
  const { start, index, weight } = taps(height, newHeight)
  const result = new Float32Array(row * newHeight)
  for (let y = 0; y < newHeight; y++) {
    const to = y * row
    const [first, end] = [start[y], start[y + 1]]
    if (end - first === 2) {
      const [a, b] = [index[first] * row, index[first + 1] * row]
      const [u, v] = [weight[first], weight[first + 1]]
      for (let i = 0; i < row; i++) result[to + i] = u * data[a + i] + v * data[b + i]
      continue
    }
    for (let t = first; t < end; t++) {
      const share = weight[t]
      const from = index[t] * row
      for (let i = 0; i < row; i++) result[to + i] += share * data[from + i]
    }
  }
  return result
}

/** For each new pixel of an axis, the old pixels it is made of: entries start[i] .. start[i + 1]. */
function taps(length: number, newLength: number) {
  const start = [0]
  const index: number[] = []
  const weight: number[] = []
  const step = length / newLength
  const add = (i: number, w: number) => {
    index.push(Math.min(length - 1, Math.max(0, i)))
    weight.push(w)
  }
  for (let i = 0; i < newLength; i++) {
    if (step > 1) {
      const from = i * step
      const to = from + step
      for (let k = Math.floor(from); k < Math.min(length, to); k++) {
        add(k, (Math.min(to, k + 1) - Math.max(from, k)) / step)
      }
    } else {
      const centre = (i + 0.5) * step - 0.5
      const left = Math.floor(centre)
      add(left, 1 - (centre - left))
      add(left + 1, centre - left)
    }
    start.push(index.length)
  }
  return { start: Uint32Array.from(start), index: Uint32Array.from(index), weight: Float64Array.from(weight) }
}
