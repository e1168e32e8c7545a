/** Sparse symmetric matrices and linear systems of them. */

/** A symmetric positive (semi)definite matrix, of which both halves are kept. */
export interface SparseMatrix {
  /** n + 1: where each row begins in the two others. */
  start: Uint32Array
  column: Uint32Array
  value: Float64Array
}

/** Rows as maps from column to value, so that entries can be added up, into a matrix. */
export function sparseMatrix(rows: Map<number, number>[]): SparseMatrix {
  const start = new Uint32Array(rows.length + 1)
  rows.forEach((row, i) => {
    start[i + 1] = start[i] + row.size
  })
  return {
    start,
    column: Uint32Array.from(rows.flatMap((row) => [...row.keys()])),
    value: Float64Array.from(rows.flatMap((row) => [...row.values()])),
  }
}

/**
 * A matrix of single entries, of which those at the same place add up.
 *
 * @param n rows
 * @param row of each entry, in any order, as its `column` and its `value`
 */
export function summedMatrix(
  n: number,
  row: ArrayLike<number>,
  column: ArrayLike<number>,
  value: ArrayLike<number>,
): SparseMatrix {
  const first = new Uint32Array(n + 1)
  for (let k = 0; k < row.length; k++) first[row[k] + 1]++
  for (let i = 0; i < n; i++) first[i + 1] += first[i]
  const byRow = new Uint32Array(row.length)
  const next = first.slice(0, n)
  for (let k = 0; k < row.length; k++) byRow[next[row[k]]++] = k

  const start = new Uint32Array(n + 1)
  const columns = new Uint32Array(row.length)
  const sums = new Float64Array(row.length)
  // Where in its row each column's sum was begun last.
  const place = new Int32Array(n).fill(-1)
  let count = 0
  for (let i = 0; i < n; i++) {
    for (let at = first[i]; at < first[i + 1]; at++) {
      const k = byRow[at]
      if (place[column[k]] < start[i]) {
        place[column[k]] = count
        columns[count++] = column[k]
      }
      sums[place[column[k]]] += value[k]
    }
    start[i + 1] = count
  }
  return { start, column: columns.slice(0, count), value: sums.slice(0, count) }
}

/** @param x n @returns n */
export function multiply({ start, column, value }: SparseMatrix, x: ArrayLike<number>): Float64Array {
  const result = new Float64Array(start.length - 1)
  for (let i = 0; i < result.length; i++) {
    let sum = 0
    for (let k = start[i]; k < start[i + 1]; k++) sum += value[k] * x[column[k]]
    result[i] = sum
  }
  return result
}

/**
 * Conjugate gradients (Hestenes and Stiefel, 1952), preconditioned by the diagonal.
 *
 * @param right n
 * @param first n: where the search begins; default 0
 * @param tolerance of the residual, relative to `right`
 * @returns n
 */
export function conjugateGradient(
  matrix: SparseMatrix,
  right: ArrayLike<number>,
  first: ArrayLike<number> = new Float64Array(right.length),
  tolerance = 1e-10,
): Float64Array<ArrayBuffer> {
  const n = right.length
  const x = Float64Array.from(first)
  const inverse = Float64Array.from({ length: n }, (_, i) => {
    for (let k = matrix.start[i]; k < matrix.start[i + 1]; k++)
      if (matrix.column[k] === i) return 1 / matrix.value[k]
    return 1
  })
  const product = multiply(matrix, x)
  const residual = Float64Array.from(right, (value, i) => value - product[i])
  const step = residual.map((value, i) => inverse[i] * value)
  let size = dot(residual, step)
  const wanted = tolerance ** 2 * Math.max(1e-300, dot(right, right))
  for (let pass = 0; pass < 10 * n && dot(residual, residual) > wanted; pass++) {
    const along = multiply(matrix, step)
    const amount = size / dot(step, along)
    for (let i = 0; i < n; i++) {
      x[i] += amount * step[i]
      residual[i] -= amount * along[i]
    }
    const before = size
    size = 0
    for (let i = 0; i < n; i++) size += residual[i] ** 2 * inverse[i]
    for (let i = 0; i < n; i++) step[i] = inverse[i] * residual[i] + (size / before) * step[i]
  }
  return x
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
