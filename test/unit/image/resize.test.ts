import { describe, expect, it } from 'vitest'
import { resize } from '../../../client/image/resize.ts'

describe('resize', () => {
  it('averages areas where it shrinks, also by a fraction', () => {
    expect(resize(new Float32Array([0, 1, 2, 3]), 4, 1, 1, 2, 1)).toEqual(new Float32Array([0.5, 2.5]))
    const got = resize(new Float32Array([0, 3, 6]), 3, 1, 1, 2, 1)
    expect(got[0]).toBeCloseTo(1, 5)
    expect(got[1]).toBeCloseTo(5, 5)
  })

  it('interpolates between pixel centres where it grows', () => {
    expect(resize(new Float32Array([0, 4]), 2, 1, 1, 4, 1)).toEqual(new Float32Array([0, 1, 3, 4]))
  })

  it('keeps channels apart and treats both axes alike', () => {
    const data = Float32Array.from({ length: 6 * 4 * 2 }, (_, i) => (i % 2 ? Math.floor(i / 12) : 7))
    const got = resize(data, 6, 4, 2, 3, 2)
    expect(Array.from(got)).toEqual([7, 0.5, 7, 0.5, 7, 0.5, 7, 2.5, 7, 2.5, 7, 2.5])
  })

  it('keeps the mean of an image that it shrinks', () => {
    const data = Float32Array.from({ length: 50 * 30 }, (_, i) => (i * 31) % 17)
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(resize(data, 50, 30, 1, 13, 7))).toBeCloseTo(mean(data), 3)
  })

  it('copies where the size stays and refuses arrays of the wrong size', () => {
    const data = new Float32Array([1, 2, 3, 4])
    expect(resize(data, 2, 2, 1, 2, 2)).toEqual(data)
    expect(() => resize(data, 3, 3, 1, 2, 2)).toThrow('3 x 3 x 1')
  })
})
