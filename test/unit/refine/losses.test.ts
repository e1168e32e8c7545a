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
import { randomArray } from '../../support/random.ts'

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
