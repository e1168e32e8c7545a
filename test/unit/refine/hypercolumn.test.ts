import { describe, expect, it } from 'vitest'
import { bilinearTable, nearestIndex, type Positions } from '../../../client/refine/hypercolumn.ts'

const positions: Positions = { rows: Int32Array.of(0, 3, 7), columns: Int32Array.of(0, 5, 7) }

describe('bilinearTable', () => {
  it('is exact at the finest size', () => {
    const { index, weight } = bilinearTable(positions, 8, 0)
    expect([...index.subarray(0, 3)]).toEqual([0, 29, 63])
    expect([...weight.subarray(0, 3)]).toEqual([1, 1, 1])
    expect([...weight.subarray(3)]).toEqual(new Array(9).fill(0))
  })

  it('halves coordinates as floats and clips corners at the edge', () => {
    const { index, weight } = bilinearTable(positions, 8, 1)
    const at = (corner: number) => [index[3 * corner + 1], weight[3 * corner + 1]]
    // (3, 5) -> (1.5, 2.5) on a 4 x 4 map
    expect([at(0), at(1), at(2), at(3)]).toEqual([
      [6, 0.25],
      [7, 0.25],
      [10, 0.25],
      [11, 0.25],
    ])
    expect(Math.max(...index)).toBe(15)
  })
})

describe('nearestIndex', () => {
  it('truncates at every halving', () => {
    expect([...nearestIndex(positions, 8, 1)]).toEqual([0, 6, 15])
  })
})
