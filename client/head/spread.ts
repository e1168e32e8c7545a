import { choleskySolver } from '../image/cholesky.ts'
import { summedMatrix } from '../image/sparse.ts'
import type { RestSurface } from './rest-surface.ts'

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
 * A membrane over a surface: through the values that are held, near those that are seen, as smooth as can be elsewhere.
 *
 * @returns V x C; vertices that are none of the surface's keep their values
 */
export function spreadOverMesh(
  { matrix, mass, vertices }: RestSurface,
  channels: number,
  { values, held, seen }: KnownValues,
): Float64Array {
  const free = vertices.filter((v) => !held[v])
  const place = new Int32Array(mass.length).fill(-1)
  for (const [row, v] of free.entries()) place[v] = row
  const right = Array.from({ length: channels }, () => new Float64Array(free.length))
  const most = matrix.column.length + free.length
  const rows = new Uint32Array(most)
  const columns = new Uint32Array(most)
  const entries = new Float64Array(most)
  let count = 0
  const add = (row: number, column: number, value: number) => {
    rows[count] = row
    columns[count] = column
    entries[count++] = value
  }
  for (const [row, v] of free.entries()) {
    const pull = seen[v] * mass[v]
    add(row, row, pull + 1e-9)
    for (const [c, side] of right.entries()) side[row] = pull * values[channels * v + c]
    for (let p = matrix.start[v]; p < matrix.start[v + 1]; p++) {
      const other = matrix.column[p]
      if (place[other] >= 0) add(row, place[other], matrix.value[p])
      else
        for (const [c, side] of right.entries()) side[row] -= matrix.value[p] * values[channels * other + c]
    }
  }
  const system = summedMatrix(
    free.length,
    rows.subarray(0, count),
    columns.subarray(0, count),
    entries.subarray(0, count),
  )
  const solve = choleskySolver(system, [...free.keys()])
  const result = values.slice()
  for (const [c, side] of right.entries()) {
    const solution = solve(side)
    for (const [row, v] of free.entries()) result[channels * v + c] = solution[row]
  }
  return result
}
