import { describe, expect, it } from 'vitest'
import { mean, median, quantile } from '../../../client/image/statistics.ts'
import { texelsOf } from '../../../client/image/texels.ts'

describe('statistics', () => {
  it('keep the fractions of what is looked up by index', () => {
    const log = [4.25, 4.5, 4.75]
    expect(
      median(
        texelsOf(Uint8Array.of(1, 1, 1)).map((i) => log[i]),
        1,
      ),
    ).toBe(4.5)
  })

  it('order numbers as numbers', () => {
    expect(median([10, 9, 100], 1)).toBe(10)
    expect(quantile([3, 1, 2, 10], 0, 1)).toBe(1)
    expect(quantile([3, 1, 2, 10], 1, 1)).toBe(10)
  })

  it('are of the upper of two in the middle', () => {
    expect(median([1, 2, 3, 4], 1)).toBe(3)
  })

  it('refuse to work from too few samples', () => {
    expect(median([1, 2], 3)).toBeNull()
    expect(mean([1, 2], 3)).toBeNull()
    expect(quantile([], 0.5, 0)).toBeNull()
    expect(mean([1, 2], 2)).toBe(1.5)
  })
})
