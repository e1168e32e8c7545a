import { conjugateGradient, sparseMatrix } from '../image/sparse.ts'
import type { Laplacian } from './laplacian.ts'

/** Of the residual, relative: a thousandth of a log unit is not seen. */
const tolerance = 1e-5

/** Values on a mesh's vertices, C channels. */
export interface KnownValues {
  /** V x C, read where a vertex is held or seen. */
  values: Float64Array
  /** V, not 0 where the value is held. */
  held: ArrayLike<number>
  /** V, at least 0: by how much the value counts where it is not held; 1 makes it reach about a unit of length around. */
  seen: ArrayLike<number>
}

/**
 * A membrane over a mesh: through the values that are held, near those that are seen, as smooth as can be elsewhere. It knows
 * no seams of a layout.
 *
 * @param vertices which of the mesh's vertices take part; the others keep their values
 * @returns V x C
 */
export function spreadOverMesh(
  { rows, mass }: Laplacian,
  vertices: readonly number[],
  channels: number,
  { values, held, seen }: KnownValues,
): Float64Array {
  const free = vertices.filter((v) => !held[v])
  const place = new Map(free.map((v, row) => [v, row]))
  const matrix = free.map(() => new Map<number, number>())
  const right = Array.from({ length: channels }, () => new Float64Array(free.length))
  for (const [row, v] of free.entries()) {
    const pull = seen[v] * mass[v]
    matrix[row].set(row, pull + 1e-9)
    for (const [c, side] of right.entries()) side[row] = pull * values[channels * v + c]
    for (const [other, weight] of rows[v]) {
      const at = place.get(other)
      if (at !== undefined) matrix[row].set(at, (matrix[row].get(at) ?? 0) + weight)
      else for (const [c, side] of right.entries()) side[row] -= weight * values[channels * other + c]
    }
  }
  const solver = sparseMatrix(matrix)
  const result = values.slice()
  for (const [c, side] of right.entries()) {
    const solution = conjugateGradient(solver, side, undefined, tolerance)
    for (const [row, v] of free.entries()) result[channels * v + c] = solution[row]
  }
  return result
}
