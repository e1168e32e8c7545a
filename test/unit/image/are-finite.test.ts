import { expect, test } from 'vitest'
import { areFinite } from '../../../client/image/are-finite.ts'

test('one value that is no number is enough', () => {
  expect(areFinite([])).toBe(true)
  expect(areFinite(Float32Array.of(0, -1e30, 3))).toBe(true)
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(areFinite(Float32Array.of(0, 1, value))).toBe(false)
})
