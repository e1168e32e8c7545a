import { choleskySolver } from '../image/cholesky.ts'
import { sparseMatrix } from '../image/sparse.ts'
import { laplacian } from './laplacian.ts'

/**
 * Lets a displacement that is known on part of a mesh fade over the rest, without a crease where the rest begins: the smallest
 * bending with a pull towards none, `(L M^-1 L + M / length^4) d = 0` with L the Laplacian and M the areas.
 *
 * @param positions V x 3
 * @param triangles T x 3
 * @param displacement V x 3; read where it is known
 * @param known V, not 0 where it is
 * @param length over which it fades, in the mesh's unit: it is gone after some five of them
 * @returns V x 3: as it was given where it is known
 */
export function fadeDisplacement(
  positions: ArrayLike<number>,
  triangles: ArrayLike<number>,
  displacement: Float64Array,
  known: Uint8Array,
  length: number,
): Float64Array {
  const { rows, mass } = laplacian(positions, triangles)
  const free: number[] = []
  const place = new Int32Array(known.length).fill(-1)
  known.forEach((value, v) => {
    if (!value) place[v] = free.push(v) - 1
  })
  const right = [0, 1, 2].map(() => new Float64Array(free.length))
  const matrix = free.map((v, row) => {
    const entries = new Map<number, number>()
    for (const [other, value] of bending(v, rows, mass, length)) {
      if (place[other] >= 0) entries.set(place[other], value)
      else for (const [c, side] of right.entries()) side[row] -= value * displacement[3 * other + c]
    }
    return entries
  })
  const solve = choleskySolver(sparseMatrix(matrix))
  const result = displacement.slice()
  for (const [c, side] of right.entries()) {
    const solution = solve(side)
    for (const [row, v] of free.entries()) result[3 * v + c] = solution[row]
  }
  return result
}

/** A row of `L M^-1 L + M / length^4`, by vertex. */
function bending(
  v: number,
  rows: readonly Map<number, number>[],
  mass: Float64Array,
  length: number,
): Map<number, number> {
  const row = new Map([[v, mass[v] / length ** 4]])
  for (const [between, weight] of rows[v])
    for (const [other, value] of rows[between])
      row.set(other, (row.get(other) ?? 0) + (weight * value) / mass[between])
  return row
}
