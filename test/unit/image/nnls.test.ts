import { expect, test } from 'vitest'
import { nnls } from '../../../client/image/nnls.ts'
import { randomArray } from '../../support/random.ts'

/** `A'A` and `A'y` of m equations for n unknowns. */
function equations(n: number, m: number, x: ArrayLike<number>, seed: number) {
  const a = randomArray(n * m, seed)
  const gram = new Float64Array(n * n)
  const right = new Float64Array(n)
  for (let row = 0; row < m; row++) {
    let y = 0
    for (let j = 0; j < n; j++) y += a[row * n + j] * x[j]
    for (let i = 0; i < n; i++) {
      right[i] += a[row * n + i] * y
      for (let j = 0; j < n; j++) gram[i * n + j] += a[row * n + i] * a[row * n + j]
    }
  }
  return { gram, right }
}

test('where the free solution lies within the bounds it is the solution', () => {
  const truth = randomArray(51, 1, 0, 1)
  const { gram, right } = equations(51, 200, truth, 2)
  const x = nnls(gram, right, new Float64Array(51))
  for (let i = 0; i < 51; i++) expect(x[i]).toBeCloseTo(truth[i], 2)
})

test('beyond them no other point within is better', () => {
  const { gram, right } = equations(12, 40, randomArray(12, 3, -1, 2), 4)
  const x = nnls(gram, right, new Float64Array(12))
  for (let i = 0; i < 12; i++) {
    let slope = -right[i]
    for (let j = 0; j < 12; j++) slope += gram[i * 12 + j] * x[j]
    // Karush, Kuhn and Tucker: at a bound the value would only rise, elsewhere it is level.
    if (x[i] === 0) expect(slope).toBeGreaterThan(-0.01)
    else if (x[i] === 1) expect(slope).toBeLessThan(0.01)
    else expect(Math.abs(slope)).toBeLessThan(0.01)
  }
  expect([...x].filter((value) => value === 0).length).toBeGreaterThan(0)
  expect([...x].filter((value) => value === 1).length).toBeGreaterThan(0)
})

test('51 unknowns from the last frame take less than a millisecond', () => {
  const { gram, right } = equations(51, 200, randomArray(51, 5, -0.5, 1), 6)
  const x = nnls(gram, right, new Float64Array(51))
  const times = Array.from({ length: 50 }, () => {
    x.forEach((value, i) => {
      x[i] = Math.max(0, value - 0.05)
    })
    const start = performance.now()
    nnls(gram, right, x)
    return performance.now() - start
  })
  expect(times.sort((a, b) => a - b)[25]).toBeLessThan(1)
})
