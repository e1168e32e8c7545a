import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import {
  halvingsOf,
  hypercolumn as hypercolumnOf,
  nearestHypercolumn,
  nearestIndex,
  sampleTables,
  tableInputs,
} from '../../../client/refine/hypercolumn.ts'
import { compute } from '../compute.ts'
import type { Parity } from '../parity.ts'
import { tolerances } from '../tolerances.ts'

/** Bilinear samples of two sets of maps, the gradients of sum(w * samples) to the first, and nearest samples. */
export const hypercolumn: Parity = async (golden, checks, { runtime, load }) => {
  // "tap_0..9 of case "vgg""
  const [, other] = /case "([^"]+)"/.exec(String(golden.meta.maps_result)) ?? []
  if (!other) throw new Error(`The golden case ${golden.name} does not say whose maps are sampled.`)
  const source = await load(other)
  const taps = source.series('tap_').map(([, name]) => name)
  const maps = taps.map((name) => input(name, source.shape(name)))
  const size = maps[0].shape[2]
  const halvings = maps.map((map) => halvingsOf(map, size))
  const contents = taps.map((name) => input(`content_${name}`, golden.shape(`content_${name}`)))

  const at = { rows: golden.int('xx'), columns: golden.int('xy') }
  const n = at.rows.length
  const nearestAt = { rows: golden.int('sample_rows'), columns: golden.int('sample_cols') }
  const tables: Record<string, Float32Array | Int32Array> = {}
  for (const [name, { data }] of Object.entries(sampleTables('x', at, size, halvings)))
    tables[name] = data as Float32Array | Int32Array
  for (const h of halvings) {
    tables[tableInputs('near', h).index] = nearestIndex(nearestAt, size, h)
  }

  const x = hypercolumnOf(maps, size, n, 'x')
  const value = g.sum(g.mul(x, input('w', x.shape)))
  const gradients = Object.fromEntries(gradient(value, maps).map((tensor, k) => [`grad_${taps[k]}`, tensor]))
  const result = await compute(
    runtime,
    {
      x_st: x,
      c_st: hypercolumnOf(contents, size, n, 'x'),
      samples: nearestHypercolumn(maps, size, nearestAt.rows.length, 'near'),
      value,
      ...gradients,
    },
    {
      ...tables,
      ...Object.fromEntries(taps.map((name) => [name, source.float(name)])),
      ...Object.fromEntries(contents.map(({ name }) => [name!, golden.float(name!)])),
      w: golden.float('w'),
    },
  )
  for (const name of ['x_st', 'c_st', 'samples', ...Object.keys(gradients)]) {
    checks.tensor(name, result[name], golden.float(name), tolerances.maps)
  }
  checks.number('w_dot_x_st', result.value[0], golden.scalar('w_dot_x_st'), tolerances.functional)
}
