import { choleskySolver } from '../image/cholesky.ts'
import { summedMatrix } from '../image/sparse.ts'
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
  const { matrix, mass } = laplacian(positions, triangles)
  const { start, column, value } = matrix
  const free: number[] = []
  const place = new Int32Array(known.length).fill(-1)
  known.forEach((isKnown, v) => {
    if (!isKnown) place[v] = free.push(v) - 1
  })
  const right = [0, 1, 2].map(() => new Float64Array(free.length))
  const entries: { row: number[]; column: number[]; value: number[] } = { row: [], column: [], value: [] }
  const add = (row: number, v: number, weight: number) => {
    if (place[v] >= 0) {
      entries.row.push(row)
      entries.column.push(place[v])
      entries.value.push(weight)
    } else for (let c = 0; c < 3; c++) right[c][row] -= weight * displacement[3 * v + c]
  }
  for (const [row, v] of free.entries()) {
    add(row, v, mass[v] / length ** 4)
    for (let p = start[v]; p < start[v + 1]; p++) {
      const between = column[p]
      for (let q = start[between]; q < start[between + 1]; q++)
        add(row, column[q], (value[p] * value[q]) / mass[between])
    }
  }
  const solve = choleskySolver(summedMatrix(free.length, entries.row, entries.column, entries.value))
  const result = displacement.slice()
  for (const [c, side] of right.entries()) {
    const solution = solve(side)
    for (const [row, v] of free.entries()) result[3 * v + c] = solution[row]
  }
  return result
}
