/**
 * The pyramid's colours: orthonormal luma and chroma, chroma stored divided by a factor below 1, so that an optimiser's
 * step of one length moves chroma less. It keeps the purple and yellow casts of the official colour term away.
 */
import * as g from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'

const [a, b, c] = [1 / Math.sqrt(3), 1 / Math.sqrt(2), 1 / Math.sqrt(6)]
/** Rows: luma, two chromas. Orthonormal: its inverse is its transpose. */
const basis = [a, a, a, b, -b, 0, c, c, -2 * c]

/** Planar RGB, 3 x P -> stored luma and chroma, 3 x P. */
export function toStored(rgb: Float32Array, chroma: number): Float32Array {
  return mix(rgb, (to, from) => basis[3 * to + from] / (to === 0 ? 1 : chroma))
}

/** Inverse of {@link toStored}: 3 x P -> 3 x P. */
export function fromStored(stored: Float32Array, chroma: number): Float32Array {
  return mix(stored, (to, from) => basis[3 * from + to] * (from === 0 ? 1 : chroma))
}

/** {@link fromStored} in the graph: [3, H, W] -> [3, H * W]. */
export function fromStoredTensor(stored: Tensor, chroma: number): Tensor {
  const matrix = new Float32Array(9)
  for (let to = 0; to < 3; to++) {
    for (let from = 0; from < 3; from++)
      matrix[3 * to + from] = basis[3 * from + to] * (from === 0 ? 1 : chroma)
  }
  const [, height, width] = stored.shape
  return g.matmul(constant(matrix, [3, 3]), g.reshape(stored, [3, height * width]))
}

function mix(planes: Float32Array, coefficient: (to: number, from: number) => number): Float32Array {
  const length = planes.length / 3
  const out = new Float32Array(planes.length)
  for (let to = 0; to < 3; to++) {
    for (let from = 0; from < 3; from++) {
      const factor = coefficient(to, from)
      for (let i = 0; i < length; i++) out[to * length + i] += factor * planes[from * length + i]
    }
  }
  return out
}
