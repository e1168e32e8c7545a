import { expect, it } from 'vitest'
import { random } from '../../../client/image/random.ts'

const draw = (seed: number, n: number) => {
  const source = random(seed)
  return Array.from({ length: n }, () => source.next())
}

it('repeats itself for one seed only', () => {
  expect(draw(3, 20)).toEqual(draw(3, 20))
  expect(draw(3, 20)).not.toEqual(draw(4, 20))
})

it('is uniform in [0, 1): mean 1/2, variance 1/12', () => {
  const values = draw(5, 20_000)
  const mean = values.reduce((a, b) => a + b) / values.length
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...values)).toBeLessThan(1)
  expect(mean).toBeCloseTo(0.5, 1)
  expect(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length).toBeCloseTo(1 / 12, 2)
})

it('skips what would have been drawn', () => {
  const source = random(3)
  source.skip(7)
  expect(source.next()).toBe(draw(3, 8)[7])
})
