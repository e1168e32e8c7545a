/** Laplacian pyramid: the unknowns of the optimisation (official code: bilinear down and up, 5 levels and a residual). */
import * as g from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'

/** One image of a pyramid, planar: 3 x height x width. */
export interface Level {
  height: number
  width: number
  data: Float32Array
}

/**
 * Bilinear resampling along one axis (sample centres, no antialiasing: PyTorch's `interpolate`, align_corners=False)
 * as two taps an output: `out[i] = (1 - t[i]) * in[low[i]] + t[i] * in[high[i]]`.
 */
function taps(from: number, to: number): { low: Int32Array; high: Int32Array; t: Float64Array } {
  const low = new Int32Array(to)
  const high = new Int32Array(to)
  const t = new Float64Array(to)
  for (let i = 0; i < to; i++) {
    const position = Math.max(0, ((i + 0.5) * from) / to - 0.5)
    low[i] = Math.min(from - 1, Math.floor(position))
    high[i] = Math.min(from - 1, low[i] + 1)
    t[i] = position - low[i]
  }
  return { low, high, t }
}

/** Resamples all three planes of a level. */
export function resample(level: Level, height: number, width: number): Level {
  const rows = taps(level.height, height)
  const columns = taps(level.width, width)
  const data = new Float32Array(3 * height * width)
  for (let c = 0, o = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      const above = (c * level.height + rows.low[y]) * level.width
      const below = (c * level.height + rows.high[y]) * level.width
      for (let x = 0; x < width; x++, o++) {
        const s = columns.t[x]
        const a = level.data[above + columns.low[x]] * (1 - s) + level.data[above + columns.high[x]] * s
        const b = level.data[below + columns.low[x]] * (1 - s) + level.data[below + columns.high[x]] * s
        data[o] = a * (1 - rows.t[y]) + b * rows.t[y]
      }
    }
  }
  return { height, width, data }
}

/** Splits an image into `depth` difference levels, finest first, and the residual: `depth + 1` levels. */
export function analyse(image: Level, depth: number): Level[] {
  const levels: Level[] = []
  let current = image
  for (let k = 0; k < depth; k++) {
    const down = resample(current, Math.max(1, current.height >> 1), Math.max(1, current.width >> 1))
    const up = resample(down, current.height, current.width)
    const { height, width, data } = current
    levels.push({ height, width, data: data.map((value, i) => value - up.data[i]) })
    current = down
  }
  levels.push(current)
  return levels
}

/** The image of the levels from `first` (0 = full size) to the residual. */
export function synthesise(levels: readonly Level[], first = 0): Level {
  let image = levels[levels.length - 1]
  for (let k = levels.length - 2; k >= first; k--) {
    const { height, width, data } = levels[k]
    const up = resample(image, height, width)
    image = { height, width, data: up.data.map((value, i) => value + data[i]) }
  }
  return image
}

/** The same in the graph: levels [3, h, w], finest first -> [3, H, W]. Upsampling is two small matrix products. */
export function synthesis(levels: readonly Tensor[]): Tensor {
  let image = levels[levels.length - 1]
  for (let k = levels.length - 2; k >= 0; k--) {
    const [, height, width] = levels[k].shape
    const vertical = resampleMatrix(image.shape[1], height)
    const horizontal = g.transpose(resampleMatrix(image.shape[2], width), [1, 0])
    image = g.add(g.matmul(vertical, g.matmul(image, horizontal)), levels[k])
  }
  return image
}

/** [to, from] */
function resampleMatrix(from: number, to: number): Tensor {
  const { low, high, t } = taps(from, to)
  const matrix = new Float32Array(to * from)
  for (let i = 0; i < to; i++) {
    matrix[i * from + low[i]] += 1 - t[i]
    matrix[i * from + high[i]] += t[i]
  }
  return constant(matrix, [to, from])
}
