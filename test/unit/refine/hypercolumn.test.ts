import { describe, expect, it } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import {
  bilinearTable,
  hypercolumn,
  nearestHypercolumn,
  nearestIndex,
  type Positions,
  tableInputs,
} from '../../../client/refine/hypercolumn.ts'
import { hasGolden, readGolden, relativeL2 } from '../../support/golden.ts'
import { runGraph } from '../../support/run-graph.ts'

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

describe.skipIf(!hasGolden)(
  'against the official code (skipped where the golden numbers are missing)',
  () => {
    const golden = hasGolden ? readGolden('hypercolumn') : null
    const vgg = hasGolden ? readGolden('vgg') : null
    const taps = [...Array(10).keys()]
    const size = 64

    const mapInputs = (g_: NonNullable<typeof vgg>) => taps.map((k) => input(`m${k}`, g_.shape(`tap_${k}`)))
    const tables = (prefix: string, at: Positions) => {
      const feeds: Record<string, Float32Array | Int32Array> = {}
      for (let h = 0; h <= 4; h++) {
        const table = bilinearTable(at, size, h)
        feeds[tableInputs(prefix, h).index] = table.index
        feeds[tableInputs(prefix, h).weight] = table.weight
      }
      return feeds
    }

    it('bilinear samples and their gradients', async () => {
      const at = { rows: golden!.int('xx'), columns: golden!.int('xy') }
      const n = at.rows.length
      const maps = mapInputs(vgg!)
      const x = hypercolumn(maps, size, n, 'x')
      const value = g.sum(g.mul(x, input('w', x.shape)))
      const gradients = gradient(value, maps)
      const result = await runGraph(
        { x, ...Object.fromEntries(gradients.map((tensor, k) => [`g${k}`, tensor])) },
        {
          ...tables('x', at),
          ...Object.fromEntries(taps.map((k) => [`m${k}`, vgg!.float(`tap_${k}`)])),
          w: golden!.float('w'),
        },
      )
      expect(relativeL2(result.x, golden!.float('x_st'))).toBeLessThan(1e-5)
      for (const k of taps) {
        expect(relativeL2(result[`g${k}`], golden!.float(`grad_tap_${k}`))).toBeLessThan(1e-5)
      }
    })

    it('nearest samples', async () => {
      const at = { rows: golden!.int('sample_rows'), columns: golden!.int('sample_cols') }
      const n = at.rows.length
      const indices = Object.fromEntries(
        [0, 1, 2, 3, 4].map((h) => [tableInputs('style', h).index, nearestIndex(at, size, h)]),
      )
      const { y } = await runGraph(
        { y: nearestHypercolumn(mapInputs(vgg!), size, n, 'style') },
        { ...indices, ...Object.fromEntries(taps.map((k) => [`m${k}`, vgg!.float(`tap_${k}`)])) },
      )
      expect(relativeL2(y, golden!.float('samples'))).toBeLessThan(1e-5)
    })
  },
)
