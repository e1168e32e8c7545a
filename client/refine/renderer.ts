/**
 * Fixed-geometry differentiable renderer: a pixel's colour is a bilinear lookup of the texture at the UV where the mesh
 * lands on it. Geometry never moves, so rendering is one sparse linear map, and its gradient is the precomputed
 * transpose. (The official code interpolates the colours of vertices: README, row 10.)
 */
import * as g from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'

/** Where each pixel of a square picture lands in UV: `uv` size^2 x 2, `mask` size^2. */
export interface FixedView {
  size: number
  uv: Float32Array
  mask: Float32Array
}

/** A sparse matrix in padded rows: output o is the sum over k < taps of weight[o * taps + k] * input[index[o * taps + k]]. */
export interface PaddedRows {
  taps: number
  index: Int32Array
  weight: Float32Array
}

/** A linear map in stages, the first from texels, the last to pixels. */
export type Renderer = readonly PaddedRows[]

/**
 * The map from texels to pixels by bilinear lookup.
 *
 * @param uv P x 2, 0..1, origin top-left @param mask P: pixels where it is 0 render as 0 and get no taps
 * @param size texture side; texel centres are at (i + 0.5) / size
 */
export function renderMap(uv: Float32Array, mask: Float32Array, size: number): PaddedRows {
  const pixels = mask.length
  const index = new Int32Array(4 * pixels)
  const weight = new Float32Array(4 * pixels)
  for (let p = 0; p < pixels; p++) {
    if (mask[p] === 0) continue
    const x = uv[2 * p] * size - 0.5
    const y = uv[2 * p + 1] * size - 0.5
    const left = Math.floor(x)
    const top = Math.floor(y)
    for (let corner = 0; corner < 4; corner++) {
      const column = left + (corner & 1)
      const row = top + (corner >> 1)
      // Beyond the edge a lookup clamps to the last texel.
      index[4 * p + corner] = clamp(row, size) * size + clamp(column, size)
      weight[4 * p + corner] =
        (corner & 1 ? x - left : 1 - (x - left)) * (corner >> 1 ? y - top : 1 - (y - top))
    }
  }
  return { taps: 4, index, weight }
}

const clamp = (i: number, size: number) => Math.min(Math.max(i, 0), size - 1)

/** The transpose of a padded-rows matrix with `inputs` columns, again in padded rows. Entries of weight 0 are dropped. */
export function transposeRows(matrix: PaddedRows, inputs: number): PaddedRows {
  const counts = new Int32Array(inputs)
  for (let e = 0; e < matrix.index.length; e++) if (matrix.weight[e] !== 0) counts[matrix.index[e]]++
  const taps = counts.reduce((most, count) => Math.max(most, count), 1)
  const index = new Int32Array(inputs * taps)
  const weight = new Float32Array(inputs * taps)
  counts.fill(0)
  for (let e = 0; e < matrix.index.length; e++) {
    if (matrix.weight[e] === 0) continue
    const column = matrix.index[e]
    const slot = column * taps + counts[column]++
    index[slot] = Math.floor(e / matrix.taps)
    weight[slot] = matrix.weight[e]
  }
  return { taps, index, weight }
}

/** Renders a texture [3, N * N] -> [3, P]. */
export function render(texture: Tensor, renderer: Renderer): Tensor {
  const table = (m: PaddedRows) =>
    [constant(m.index, [m.index.length]), constant(m.weight, [m.weight.length])] as const
  return renderer.reduce((image, matrix) => {
    const transposed = transposeRows(matrix, image.shape[1])
    return g.sparse(image, ...table(matrix), ...table(transposed), outputs(matrix))
  }, texture)
}

/** How many outputs a matrix has. */
export const outputs = ({ index, taps }: PaddedRows) => index.length / taps

/**
 * Takes an ellipse of `width` pixels off the mask's rim (OpenCV's elliptic kernel, as in the official code), once a scale
 * and not in every iteration (README, row 11). What lies beyond the picture does not count. The official code closes the
 * mask's small holes before; here a hole is hair or a hand, and its rim is as doubtful as the face's.
 *
 * @param mask size x size, 0 or 1
 * @returns size x size, 0 or 1
 */
export function erodeMask(mask: Float32Array, size: number, width: number): Float32Array {
  if (width < 2) return mask
  const kernel = ellipse(width)
  // Zeros to the left of each pixel in its row: a stretch is whole where the count does not grow over it.
  const zeros = new Int32Array((size + 1) * size)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      zeros[y * (size + 1) + x + 1] = zeros[y * (size + 1) + x] + (mask[y * size + x] === 1 ? 0 : 1)
    }
  }
  return mask.map((_, p) => {
    const [y, x] = [Math.floor(p / size), p % size]
    for (const { row, from, to } of kernel) {
      if (y + row < 0 || y + row >= size) continue
      const line = (y + row) * (size + 1)
      if (zeros[line + Math.min(x + to, size - 1) + 1] > zeros[line + Math.max(x + from, 0)]) return 0
    }
    return 1
  })
}

/** Rows of OpenCV's elliptic kernel: offset of the row, first and last offset along it. */
function ellipse(width: number): { row: number; from: number; to: number }[] {
  const radius = width >> 1
  return Array.from({ length: width }, (_, i) => {
    const row = i - radius
    const half = Math.round(Math.sqrt(radius ** 2 - row ** 2))
    return { row, from: -half, to: Math.min(half, width - 1 - radius) }
  })
}

/** UVs further apart than this (texels of a 256 px texture) within one reduced pixel belong to different parts. */
const samePart = 8 / 256

/**
 * The view at a smaller size: mean UV of the pixels that fall into one; masked out where they are not all of one part.
 *
 * @returns uv: size x size x 2, 0..1; mask: size x size, 0 or 1
 */
export function reduceView(view: FixedView, size: number): { uv: Float32Array; mask: Float32Array } {
  const uv = new Float32Array(2 * size * size)
  const mask = new Float32Array(size * size)
  const step = view.size / size
  for (let p = 0; p < size * size; p++) {
    const rows = [Math.floor(p / size) * step, Math.floor(p / size) * step + step - 1].map(Math.round)
    const columns = [(p % size) * step, (p % size) * step + step - 1].map(Math.round)
    const corners = rows.flatMap((row) => columns.map((column) => row * view.size + column))
    const [us, vs] = [0, 1].map((axis) => corners.map((corner) => view.uv[2 * corner + axis]))
    const spread = Math.max(...us) - Math.min(...us) + Math.max(...vs) - Math.min(...vs)
    if (corners.some((corner) => view.mask[corner] === 0) || !(spread < samePart * Math.max(1, step)))
      continue
    mask[p] = 1
    uv[2 * p] = us.reduce((a, b) => a + b) / us.length
    uv[2 * p + 1] = vs.reduce((a, b) => a + b) / vs.length
  }
  return { uv, mask }
}
