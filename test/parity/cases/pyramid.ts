import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import { analyse, synthesis, synthesise } from '../../../client/refine/pyramid.ts'
import { compute } from '../compute.ts'
import type { Parity } from '../parity.ts'
import { tolerances } from '../tolerances.ts'

/** The Laplacian pyramid: levels, synthesis and the gradients of sum(w * synthesis). */
export const pyramid: Parity = async (golden, checks, { runtime }) => {
  const [, , height, width] = golden.shape('image')
  const levels = analyse({ height, width, data: golden.float('image') }, golden.number('depth'))
  for (const [k, name] of golden.series('level_')) {
    checks.tensor(name, levels[k].data, golden.float(name), tolerances.maps)
  }
  for (const [first, name] of golden.series('synth_from_level_')) {
    checks.tensor(name, synthesise(levels, first).data, golden.float(name), tolerances.maps)
  }

  const inputs = levels.map((level, k) => input(`level_${k}`, [3, level.height, level.width]))
  const synth = synthesis(inputs)
  const value = g.sum(g.mul(synth, input('w', synth.shape)))
  const gradients = gradient(value, inputs)
  const result = await compute(
    runtime,
    { synth, value, ...Object.fromEntries(gradients.map((tensor, k) => [`grad_${k}`, tensor])) },
    { ...Object.fromEntries(levels.map(({ data }, k) => [`level_${k}`, data])), w: golden.float('w') },
  )
  checks.tensor('synth', result.synth, golden.float('synth'), tolerances.maps)
  checks.number('w_dot_synth', result.value[0], golden.scalar('w_dot_synth'), tolerances.functional)
  for (const [, name] of golden.series('grad_')) {
    checks.tensor(name, result[name], golden.float(name), tolerances.maps)
  }
}
