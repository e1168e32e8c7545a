import { describe, expect, it } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { constant, input } from '../../../client/graph/tensor.ts'
import {
  bilinearTable,
  hypercolumn,
  nearestIndex,
  type Positions,
  sampleTables,
} from '../../../client/refine/hypercolumn.ts'
import { evaluate } from '../../support/evaluate.ts'
import { randomArray } from '../../support/random.ts'

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

describe('hypercolumn', () => {
  // Sampled texel by texel, by a matrix, and by four corners.
  it.each([
    ['texel', 8, 0],
    ['matrix', 64, 1],
    ['corners', 128, 1],
  ])('looks up by %s and spreads the gradient back: %i px, %i halvings', (way, size, halvings) => {
    const side = size >> halvings
    const at = { rows: Int32Array.of(0, 3, 3, 7), columns: Int32Array.of(0, 5, 5, 6) }
    at.rows[3] = at.columns[3] = size - 1
    const map = input('map', [1, 2, side, side])
    const tables = sampleTables('x', at, size, [halvings])
    expect(Object.keys(tables)).toEqual(
      { texel: ['x_index_0'], matrix: ['x_matrix_1'], corners: ['x_index_1', 'x_weight_1'] }[way],
    )
    const x = hypercolumn([map], size, 4, 'x')
    const weight = randomArray(8, 2)
    const [back] = gradient(g.sum(g.mul(x, constant(weight, [2, 4]))), [map])
    const values = randomArray(2 * side * side, 1)
    const feeds = Object.fromEntries(
      Object.entries(tables).map(([name, { data }]) => [name, data as Float32Array]),
    )
    const [sampled, spread] = evaluate([x, back], { map: values, ...feeds })

    const table = bilinearTable(at, size, halvings)
    const expected = new Float64Array(8)
    const gradients = new Float64Array(values.length)
    for (let channel = 0; channel < 2; channel++)
      for (let k = 0; k < 16; k++) {
        const texel = channel * side * side + table.index[k]
        expected[channel * 4 + (k % 4)] += values[texel] * table.weight[k]
        gradients[texel] += weight[channel * 4 + (k % 4)] * table.weight[k]
      }
    const error = (found: Float64Array, right: Float64Array) =>
      found.reduce((most, value, i) => Math.max(most, Math.abs(value - right[i])), 0)
    expect(error(sampled, expected)).toBeLessThan(1e-6)
    expect(error(spread, gradients)).toBeLessThan(1e-6)
  })
})
