/** Linear systems of sparse symmetric positive definite matrices, solved directly: for some thousand unknowns. */

import type { SparseMatrix } from './sparse.ts'

/**
 * Factorises a matrix as L D L^T, row by row (Davis, Algorithm 849, 2005): for the unknowns of a surface in about n^1.5 steps,
 * after which each right side takes n log n.
 *
 * @param order in which the unknowns are eliminated, n; L is to stay sparse
 * @returns gives the solution, n, of a right side, n
 * @throws RangeError where the matrix is not positive definite
 */
export function choleskySolver(
  matrix: SparseMatrix,
  order: readonly number[] = nestedDissection(matrix),
): (right: ArrayLike<number>) => Float64Array {
  const { start, column, value } = matrix
  const n = order.length
  const place = new Uint32Array(n)
  for (let i = 0; i < n; i++) place[order[i]] = i

  // Row k of L has entries in the columns that its matrix entries lead to in the elimination tree.
  const parent = new Int32Array(n).fill(-1)
  const visited = new Int32Array(n)
  const count = new Uint32Array(n)
  for (let k = 0; k < n; k++) {
    visited[k] = k
    for (let p = start[order[k]]; p < start[order[k] + 1]; p++)
      for (let i = place[column[p]]; i < k && visited[i] !== k; i = parent[i]) {
        if (parent[i] < 0) parent[i] = k
        count[i]++
        visited[i] = k
      }
  }
  // Column i of L begins at first[i] and is filled row by row up to end[i].
  const first = new Uint32Array(n + 1)
  for (let i = 0; i < n; i++) first[i + 1] = first[i] + count[i]
  const end = first.slice(0, n)
  const rowOf = new Uint32Array(first[n])
  const lower = new Float64Array(first[n])
  const diagonal = new Float64Array(n)
  const row = new Float64Array(n)
  const columns = new Uint32Array(n)
  const way = new Uint32Array(n)
  visited.fill(-1)
  for (let k = 0; k < n; k++) {
    let top = n
    visited[k] = k
    for (let p = start[order[k]]; p < start[order[k] + 1]; p++) {
      let i = place[column[p]]
      if (i > k) continue
      row[i] += value[p]
      let length = 0
      for (; visited[i] !== k; i = parent[i]) {
        way[length++] = i
        visited[i] = k
      }
      while (length > 0) columns[--top] = way[--length]
    }
    let pivot = row[k]
    row[k] = 0
    for (; top < n; top++) {
      const i = columns[top]
      const entry = row[i]
      row[i] = 0
      for (let p = first[i]; p < end[i]; p++) row[rowOf[p]] -= lower[p] * entry
      const scaled = entry / diagonal[i]
      pivot -= scaled * entry
      rowOf[end[i]] = k
      lower[end[i]++] = scaled
    }
    if (!(pivot > 0)) throw new RangeError('The matrix of a linear system is not positive definite.')
    diagonal[k] = pivot
  }
  return (right) => {
    const x = Float64Array.from(order, (i) => right[i])
    for (let i = 0; i < n; i++) for (let p = first[i]; p < first[i + 1]; p++) x[rowOf[p]] -= lower[p] * x[i]
    for (let i = n - 1; i >= 0; i--) {
      x[i] /= diagonal[i]
      for (let p = first[i]; p < first[i + 1]; p++) x[i] -= lower[p] * x[rowOf[p]]
    }
    return Float64Array.from(place, (i) => x[i])
  }
}

/** A part of so few unknowns is not cut any further. */
const smallest = 24

/**
 * An order of elimination: unknowns that part the others in two come after both, and so on within each half (George, 1973): what is eliminated on one
 * side fills in nothing on the other. It is as good for a part of the unknowns.
 */
export function nestedDissection({ start, column }: SparseMatrix): number[] {
  const order: number[] = []
  const part = new Uint32Array(start.length - 1)
  const found = new Uint32Array(part.length)
  let parts = 0
  let searches = 0
  /** Of what hangs together with an unknown within its part: the unknowns one step away, two, and so on. */
  const levelsFrom = (root: number) => {
    found[root] = ++searches
    const levels = [[root]]
    for (let last = levels[0]; last.length > 0; ) {
      const next: number[] = []
      for (const i of last)
        for (let p = start[i]; p < start[i + 1]; p++) {
          const j = column[p]
          if (part[j] !== part[root] || found[j] === searches) continue
          found[j] = searches
          next.push(j)
        }
      if (next.length > 0) levels.push(next)
      last = next
    }
    return levels
  }
  const dissect = (unknowns: readonly number[]) => {
    const own = ++parts
    for (const i of unknowns) part[i] = own
    for (const root of unknowns) {
      if (part[root] !== own) continue
      // What is found last from anywhere lies in a corner.
      const levels = levelsFrom(levelsFrom(root).at(-1)![0])
      const all = levels.flat()
      let before = 0
      let cut = 0
      while (2 * (before + levels[cut].length) < all.length) before += levels[cut++].length
      const between = all.length > smallest ? levels[cut] : all
      for (const i of between) part[i] = 0
      if (all.length > smallest) {
        dissect(levels.slice(0, cut).flat())
        dissect(levels.slice(cut + 1).flat())
      }
      for (const i of between) order.push(i)
    }
  }
  dissect(Array.from(part.keys()))
  return order
}
