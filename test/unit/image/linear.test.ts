import { expect, it } from 'vitest'
import { solve } from '../../../client/image/linear.ts'
import { random } from '../../../client/image/random.ts'

it('solves its example', () => {
  expect([...solve(Float64Array.of(2, 0, 6, 0, 4, 8), 2)]).toEqual([3, 2])
})

it('solves A x = b where A = M Mt + I', () => {
  const n = 6
  const { normal } = random(3)
  const m = Array.from({ length: n }, () => Array.from({ length: n }, normal))
  const wanted = Array.from({ length: n }, normal)
  const rows = m.map((a, i) => m.map((b, j) => a.reduce((sum, x, k) => sum + x * b[k], i === j ? 1 : 0)))
  const system = Float64Array.from(
    rows.flatMap((row) => [...row, row.reduce((s, x, k) => s + x * wanted[k], 0)]),
  )
  for (const [i, x] of solve(system, n).entries()) expect(x).toBeCloseTo(wanted[i], 10)
})
