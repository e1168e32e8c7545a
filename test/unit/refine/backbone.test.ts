import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import { loadBackbone } from '../../../client/refine/backbone.ts'
import { pool2, pool3, uncountPadding } from '../../../client/refine/layers.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { evaluate } from '../../support/evaluate.ts'
import { randomArray } from '../../support/random.ts'

describe('layers', () => {
  const x = input('x', [1, 2, 6, 4])
  const at = randomArray(48, 3, 0.01, 1)
  const value = (c: number, r: number, k: number) => (r < 0 || k < 0 ? 0 : at[(c * 6 + r) * 4 + k])

  it('pool2 takes the maximum of 2 x 2', () => {
    const [y] = evaluate([pool2(x)], { x: at })
    const expected = Math.max(value(1, 2, 2), value(1, 2, 3), value(1, 3, 2), value(1, 3, 3))
    expect(y[(1 * 3 + 1) * 2 + 1]).toBe(expected)
  })

  it('pool3 takes the maximum of 3 x 3 around the even positions', () => {
    const [y] = evaluate([pool3(x)], { x: at })
    for (const [r, k] of [
      [0, 0],
      [2, 1],
    ]) {
      const window = [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b) => value(1, 2 * r + a, 2 * k + b)))
      expect(y[(3 + r) * 2 + k]).toBe(Math.max(...window))
    }
  })

  it('pools pass a gradient to each maximum once, also where values tie', () => {
    for (const pool of [pool2, pool3]) {
      const y = g.sum(pool(x))
      const [dx] = evaluate(gradient(y, [x]), { x: new Float32Array(48).fill(0.5) })
      expect(dx.reduce((a, b) => a + b)).toBeCloseTo(12, 12)
    }
  })

  it('uncountPadding turns a counted average into one over the inside', () => {
    const [y] = evaluate([uncountPadding(g.averagePool3(x))], { x: new Float32Array(48).fill(0.25) })
    for (const average of y) expect(average).toBeCloseTo(0.25, 6)
  })
})

describe.skipIf(!existsSync('models/dist/inception-v3'))(
  'Inception-v3 trunk (skipped before npm run models)',
  () => {
    it('has 1,235 channels on maps that halve exactly', async () => {
      const backbone = await loadBackbone('inception-v3', diskStore())
      const maps = backbone.maps(input('image', [1, 3, 64, 64]))
      expect(maps.map(({ shape }) => [shape[1], shape[2]])).toEqual([
        [3, 64],
        [32, 32],
        [32, 32],
        [64, 32],
        [80, 16],
        [192, 16],
        [256, 8],
        [288, 8],
        [288, 8],
      ])
    })
  },
)
