import { expect, it } from 'vitest'
import { random } from '../../../../client/image/random.ts'
import { interval } from '../../../evaluation/metrics/bootstrap.ts'

const normals = (count: number, seed: number) => {
  const { normal } = random(seed)
  return Array.from({ length: count }, () => 20 + 3 * normal())
}

it('of normal values is mean +- 1.96 standard errors', () => {
  const values = normals(200, 5)
  const { mean, low, high, subjects } = interval(new Map(values.map((value, i) => [`${i}`, [value]])))!
  const expected = values.reduce((sum, value) => sum + value, 0) / 200
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - expected) ** 2, 0) / 199)
  const error = (1.96 * deviation) / Math.sqrt(200)
  expect(subjects).toBe(200)
  expect(mean).toBeCloseTo(expected, 10)
  expect(Math.abs(low! - (mean - error))).toBeLessThan(0.1 * error)
  expect(Math.abs(high! - (mean + error))).toBeLessThan(0.1 * error)
})

it('holds the true mean about as often as it says', () => {
  let held = 0
  for (let trial = 0; trial < 200; trial++) {
    const data = new Map(normals(30, 1000 + trial).map((value, i) => [`${i}`, [value]]))
    const { low, high } = interval(data, { samples: 300, level: 0.8, seed: trial })!
    if (low! <= 20 && high! >= 20) held++
  }
  expect(held / 200).toBeGreaterThan(0.7)
  expect(held / 200).toBeLessThan(0.9)
})

it('draws subjects, not values: more pictures of the same people narrow nothing', () => {
  const few = new Map(normals(8, 3).map((value, i) => [`${i}`, [value]]))
  const many = new Map([...few].map(([name, [value]]) => [name, [value, value, value, value]]))
  expect(interval(many)).toEqual(interval(few))
})

it('counts every subject alike, however many pictures there are of it', () => {
  const data = new Map([
    ['a', [1, 1, 1, 1]],
    ['b', [3]],
  ])
  expect(interval(data)!.mean).toBe(2)
  // Both, or either one twice.
  expect(interval(data)).toMatchObject({ low: 1, high: 3 })
})

it('constant values have no width; one seed gives one interval', () => {
  const constant = new Map(['a', 'b', 'c'].map((name) => [name, [7]]))
  expect(interval(constant)).toEqual({ mean: 7, low: 7, high: 7, subjects: 3 })
  const data = new Map(normals(10, 9).map((value, i) => [`${i}`, [value]]))
  expect(interval(data, { seed: 4 })).toEqual(interval(data, { seed: 4 }))
  expect(interval(data, { seed: 4 })).not.toEqual(interval(data, { seed: 5 }))
})

it('one subject tells its mean only, none nothing', () => {
  expect(interval(new Map([['a', [1, 3]]]))).toEqual({ mean: 2, low: null, high: null, subjects: 1 })
  expect(interval(new Map())).toBeNull()
})
