import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import {
  colourLoss,
  contentLoss,
  momentLoss,
  nearestStyle,
  remdLoss,
  styleStatistics,
} from '../../../client/refine/losses.ts'
import { compute } from '../compute.ts'
import type { Golden } from '../golden.ts'
import type { Parity } from '../parity.ts'
import { tolerances } from '../tolerances.ts'

/** Features stored as bytes with a scale and an offset for each channel: X[d][n], a row a channel. */
function features(golden: Golden, name: string): { shape: number[]; data: Float32Array } {
  const shape = golden.shape(`${name}_q`)
  const scale = golden.float(`${name}_scale`)
  const offset = golden.float(`${name}_offset`)
  const channel = (i: number) => Math.floor(i / shape[1])
  const data = Float32Array.from(
    golden.bytes(`${name}_q`),
    (q, i) => q * scale[channel(i)] + offset[channel(i)],
  )
  return { shape, data }
}

/** Every loss with its gradient, their weighted sum, and which style sample is nearest to each sample. */
export const losses: Parity = async (golden, checks, { runtime }) => {
  const [xs, ys, cs] = ['X', 'Y', 'C'].map((name) => features(golden, name))
  const x = input('x', xs.shape)
  const style = styleStatistics(input('y', ys.shape))
  const terms = {
    content: contentLoss(x, input('c', cs.shape)),
    remd: remdLoss(x, style),
    moment: momentLoss(x, style),
    moment1: momentLoss(x, style, 1),
    color: colourLoss(x, style),
  }
  const weighted = [
    g.mul(terms.content, golden.number('content_weight')),
    g.mul(g.add(terms.remd, terms.moment), golden.number('style_weight')),
    g.mul(terms.color, golden.number('style_weight') * golden.number('color_weight')),
  ]
  const values = { ...terms, total: weighted.reduce((a, b) => g.add(a, b)) }
  const gradients = Object.entries(values).map(
    ([name, loss]) => [`d_${name}`, gradient(loss, [x])[0]] as const,
  )
  const argmin = nearestStyle(x, style)
  const result = await compute(
    runtime,
    { ...values, ...Object.fromEntries(gradients), argmin },
    { x: xs.data, y: ys.data, c: cs.data },
  )

  for (const name of Object.keys(values)) {
    checks.number(name, result[name][0], golden.scalar(name), tolerances.loss)
  }
  const [channels, n] = xs.shape
  const rowsOf = (name: string, rows: ArrayLike<number>) =>
    Float32Array.from(
      { length: rows.length * n },
      (_, i) => result[`d_${name}`][rows[Math.floor(i / n)] * n + (i % n)],
    )
  const sums = (name: string, of: (value: number) => number) =>
    Float32Array.from({ length: channels }, (_, d) =>
      result[`d_${name}`].subarray(d * n, (d + 1) * n).reduce((sum, value) => sum + of(value), 0),
    )
  for (const name of ['content', 'remd', 'moment'] as const) {
    const tolerance = tolerances.gradient[name]
    if (golden.has('grad_rows')) {
      const rows = rowsOf(name, golden.int('grad_rows'))
      checks.tensor(`grad_${name}`, rows, golden.float(`grad_${name}`), tolerance)
    }
    checks.tensor(
      `grad_${name}_rowsum`,
      sums(name, (v) => v),
      golden.float(`grad_${name}_rowsum`),
      tolerance,
    )
    checks.tensor(`grad_${name}_rowabs`, sums(name, Math.abs), golden.float(`grad_${name}_rowabs`), tolerance)
  }
  const colours = rowsOf('color', [0, 1, 2])
  checks.tensor(
    'grad_color_rows0to2',
    colours,
    golden.float('grad_color_rows0to2'),
    tolerances.gradient.colour,
  )
  const firstColumn = Float32Array.from({ length: channels }, (_, d) => result.d_moment1[d * n])
  checks.tensor(
    'grad_moment1_column0',
    firstColumn,
    golden.float('grad_moment1_column0'),
    tolerances.gradient.moment,
  )
  const total = rowsOf('total', golden.int('total_rows'))
  checks.tensor('grad_total_rows', total, golden.float('grad_total_rows'), tolerances.gradient.content)
  // Indices may be 64-bit integers.
  checks.tensor('remd_argmin', Array.from(result.argmin, Number), golden.int('remd_argmin'), 0)
}
