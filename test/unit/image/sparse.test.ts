import { expect, test } from 'vitest'
import { conjugateGradient, multiply, sparseMatrix, summedMatrix } from '../../../client/image/sparse.ts'

/** The Laplacian of a path, with a little on the diagonal. */
const n = 50
const matrix = sparseMatrix(
  Array.from({ length: n }, (_, i) => {
    const row = new Map([[i, 2.01]])
    if (i > 0) row.set(i - 1, -1)
    if (i < n - 1) row.set(i + 1, -1)
    return row
  }),
)

test('multiplies', () => {
  const product = multiply(matrix, new Float64Array(n).fill(1))
  expect(product[0]).toBeCloseTo(1.01)
  expect(product[20]).toBeCloseTo(0.01)
})

test('solves, from nothing and from a guess', () => {
  const wanted = Float64Array.from({ length: n }, (_, i) => Math.sin(i))
  const right = multiply(matrix, wanted)
  for (const first of [undefined, wanted.map((value) => value + 0.1)]) {
    const found = conjugateGradient(matrix, right, first)
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i], 6)
    })
  }
})

test('leaves nothing where nothing is wanted', () => {
  expect(conjugateGradient(matrix, new Float64Array(n))).toEqual(new Float64Array(n))
})

test('adds up entries at the same place, whatever their order', () => {
  const row = [2, 0, 2, 0, 2, 1]
  const column = [1, 0, 0, 2, 1, 1]
  const { start, column: columns, value } = summedMatrix(3, row, column, [5, 1, 3, 2, 4, 7])
  expect([...start]).toEqual([0, 2, 3, 5])
  expect([...columns]).toEqual([0, 2, 1, 1, 0])
  expect([...value]).toEqual([1, 2, 7, 9, 3])
})
