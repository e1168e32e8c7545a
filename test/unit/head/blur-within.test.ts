import { describe, expect, test } from 'vitest'
import { blurWithin } from '../../../client/head/blur-within.ts'

const size = 32
const weight = Float32Array.from({ length: size * size }, (_, i) => (i % size < 8 ? 1 : 0))

describe('blurWithin', () => {
  test('takes nothing from where there is no weight, and knows nothing far from any', () => {
    const image = Float32Array.from(weight, (w) => (w ? 3 : 100))
    const blurred = blurWithin(image, weight, size, 1, 2)
    expect(blurred[16 * size + 7]).toBeCloseTo(3, 4)
    expect(blurred[16 * size + 10]).toBeCloseTo(3, 4)
    expect(blurred[16 * size + 30]).toBe(0)
  })

  test('is the weighted mean of each channel', () => {
    const image = new Float32Array(2 * size * size)
    for (let i = 0; i < size * size; i++) image.set([i % size, 5], 2 * i)
    const blurred = blurWithin(image, new Float32Array(size * size).fill(0.5), size, 2, 1.5)
    const middle = 2 * (16 * size + 16)
    expect(blurred[middle]).toBeCloseTo(16, 3)
    expect(blurred[middle + 1]).toBeCloseTo(5, 4)
  })
})
