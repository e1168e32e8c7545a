import { describe, expect, it } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import { constant, input, type Tensor } from '../../../client/graph/tensor.ts'
import {
  colourLoss,
  contentLoss,
  momentLoss,
  remdLoss,
  styleStatistics,
} from '../../../client/refine/losses.ts'
import { evaluate } from '../../support/evaluate.ts'
import { type Golden, hasGolden, readGolden, relativeL2 } from '../../support/golden.ts'
import { randomArray } from '../../support/random.ts'
import { runGraph } from '../../support/run-graph.ts'

describe.skipIf(!hasGolden)(
  'losses against the official code (skipped where the golden numbers are missing)',
  () => {
    const dequantised = (golden: Golden, name: string) => {
      const [d, n] = golden.shape(`${name}_q`)
      const q = golden.bytes(`${name}_q`)
      const scale = golden.float(`${name}_scale`)
      const offset = golden.float(`${name}_offset`)
      return {
        shape: [d, n],
        data: Float32Array.from(q, (v, i) => v * scale[Math.floor(i / n)] + offset[Math.floor(i / n)]),
      }
    }
    const golden = hasGolden ? readGolden('losses') : null
    const tolerance = { content: 2e-2, remd: 1e-4, moment: 1e-4, color: 1e-3 }

    it.each(['content', 'remd', 'moment', 'color'] as const)('%s: value and gradient', async (name) => {
      const [xs, ys, cs] = ['X', 'Y', 'C'].map((n) => dequantised(golden!, n))
      const x = input('x', xs.shape)
      const style = styleStatistics(input('y', ys.shape))
      const losses: Record<typeof name, () => Tensor> = {
        content: () => contentLoss(x, input('c', cs.shape)),
        remd: () => remdLoss(x, style),
        moment: () => momentLoss(x, style),
        color: () => colourLoss(x, style),
      }
      const loss = losses[name]()
      const result = await runGraph(
        { loss, dx: gradient(loss, [x])[0] },
        { x: xs.data, y: ys.data, c: cs.data },
      )
      expect(Math.abs(result.loss[0] / golden!.scalars[name].f64 - 1)).toBeLessThan(1e-5)

      const n = xs.shape[1]
      const rows = name === 'color' ? [0, 1, 2] : [...golden!.int('grad_rows')]
      const expected = golden!.float(name === 'color' ? 'grad_color_rows0to2' : `grad_${name}`)
      const actual = Float32Array.from(expected, (_, i) => result.dx[rows[Math.floor(i / n)] * n + (i % n)])
      expect(relativeL2(actual, expected)).toBeLessThan(tolerance[name])
    })
  },
)

describe('losses against central differences in float64', () => {
  const [d, n, m] = [5, 6, 9]
  const x = input('x', [d, n])
  const style = styleStatistics(constant(randomArray(d * m, 2), [d, m]))
  const at = Float64Array.from(randomArray(d * n, 1))
  const cases: Record<string, Tensor> = {
    content: contentLoss(x, constant(randomArray(d * n, 3), [d, n])),
    remd: remdLoss(x, style),
    'remd, two-sided': remdLoss(x, style, true),
    moments: momentLoss(x, style),
    colour: colourLoss(x, style),
  }
  it.each(Object.entries(cases))('%s', (_, loss) => {
    const [analytic] = evaluate(gradient(loss, [x]), { x: at })
    const step = 1e-6
    at.forEach((value, i) => {
      const above = evaluate([loss], { x: at.with(i, value + step) })[0][0]
      const below = evaluate([loss], { x: at.with(i, value - step) })[0][0]
      expect(analytic[i]).toBeCloseTo((above - below) / (2 * step), 5)
    })
  })

  it('is zero where X already is the style', () => {
    const y = randomArray(d * m, 2)
    const same = input('same', [d, m])
    const values = evaluate([remdLoss(same, style), momentLoss(same, style)], { same: y })
    expect(values[0][0]).toBeCloseTo(0, 6)
    expect(values[1][0]).toBeCloseTo(0, 12)
  })
})
