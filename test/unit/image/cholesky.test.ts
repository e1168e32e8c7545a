import { expect, test } from 'vitest'
import { choleskySolver } from '../../../client/image/cholesky.ts'
import { multiply, sparseMatrix } from '../../../client/image/sparse.ts'

/** The Laplacian of a torus of squares, and apart from it a path, their vertices in no order. */
function system() {
  const side = 12
  const n = side * side + 10
  const shuffled = Array.from({ length: n }, (_, i) => (i * 101) % n)
  const rows = Array.from({ length: n }, () => new Map<number, number>())
  const join = (a: number, b: number) => {
    const [i, j] = [shuffled[a], shuffled[b]]
    for (const [from, to] of [
      [i, j],
      [j, i],
    ]) {
      rows[from].set(to, -1)
      rows[from].set(from, (rows[from].get(from) ?? 0.01) + 1)
    }
  }
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      join(y * side + x, y * side + ((x + 1) % side))
      join(y * side + x, ((y + 1) % side) * side + x)
    }
  for (let i = side * side; i + 1 < n; i++) join(i, i + 1)
  return { n, matrix: sparseMatrix(rows) }
}

test('solves, one right side after the other', () => {
  const { n, matrix } = system()
  const solve = choleskySolver(matrix)
  for (const frequency of [0.3, 2]) {
    const wanted = Float64Array.from({ length: n }, (_, i) => Math.sin(frequency * i))
    const right = multiply(matrix, wanted)
    solve(right).forEach((value, i) => {
      expect(value).toBeCloseTo(wanted[i], 9)
    })
  }
})

test('has nothing to solve for nothing', () => {
  expect(choleskySolver(sparseMatrix([]))([])).toEqual(new Float64Array(0))
})

test('refuses a matrix that is not positive definite', () => {
  const flat = sparseMatrix([
    new Map([
      [0, 1],
      [1, -1],
    ]),
    new Map([
      [0, -1],
      [1, 1],
    ]),
  ])
  expect(() => choleskySolver(flat)).toThrow('not positive definite')
})

test('takes one step a row where nothing is joined', () => {
  const n = 100
  const solve = choleskySolver(sparseMatrix(Array.from({ length: n }, (_, i) => new Map([[i, i + 1]]))))
  expect([...solve(Float64Array.from({ length: n }, (_, i) => 2 * (i + 1)))]).toEqual(Array(n).fill(2))
})
