import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import { photometricLoss } from '../../../client/refine/losses.ts'
import { render, renderMap } from '../../../client/refine/renderer.ts'
import { compute } from '../compute.ts'
import type { Parity } from '../parity.ts'
import { tolerances } from '../tolerances.ts'

/** The renderer, the photometric loss and its gradient to the texture. */
export const photometric: Parity = async (golden, checks, { runtime }) => {
  const [, height, width] = golden.shape('grid')
  const pixels = height * width
  const size = golden.shape('texture')[2]
  const mask = golden.float('mask')
  // grid -1..1 -> uv 0..1
  const uv = golden.float('grid').map((value) => (value + 1) / 2)
  const texture = input('texture', [3, size * size])
  const rendered = render(texture, [renderMap(uv, mask, size)])
  const l1 = g.mul(
    photometricLoss(rendered, input('photo', [3, pixels]), input('mask', [1, pixels])),
    golden.number('weight'),
  )
  const result = await compute(
    runtime,
    { rendered, l1, grad_texture: gradient(l1, [texture])[0] },
    { texture: golden.float('texture'), photo: golden.float('photo'), mask },
  )
  // The official render shows -1 outside the mask; ours 0: the loss does not look there.
  const inside = golden.float('rendered').map((value, i) => (mask[i % pixels] > 0 ? value : 0))
  checks.tensor('rendered', result.rendered, inside, tolerances.maps)
  checks.number('l1', result.l1[0], golden.scalar('l1'), tolerances.loss)
  checks.tensor(
    'grad_texture',
    result.grad_texture,
    golden.float('grad_texture'),
    tolerances.gradient.photometric,
  )
}
