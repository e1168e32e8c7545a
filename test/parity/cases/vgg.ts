import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { input } from '../../../client/graph/tensor.ts'
import { type Backbone, vgg16Backbone } from '../../../client/refine/backbone.ts'
import { compute } from '../compute.ts'
import type { Golden } from '../golden.ts'
import type { Parity } from '../parity.ts'
import { tolerances } from '../tolerances.ts'

/** The backbone of the case's weights `conv0_weight`, `conv0_bias` .. `conv12_bias`. */
export function backboneOf(golden: Golden): Backbone {
  const names = [2, 2, 3, 3, 3].flatMap((count, block) =>
    Array.from({ length: count }, (_, i) => `conv${block + 1}_${i + 1}`),
  )
  const tensors = new Map(
    names.flatMap((name, k) =>
      ['weight', 'bias'].map((part) => {
        const source = `conv${k}_${part}`
        return [`${name}.${part}`, { shape: golden.shape(source), data: golden.float(source) }] as const
      }),
    ),
  )
  return vgg16Backbone('golden', { tensors, metadata: {} })
}

/** VGG16: its taps, and the gradient of sum(r_k * tap_k) to the image. */
export const vgg: Parity = async (golden, checks, { runtime }) => {
  const backbone = backboneOf(golden)
  const image = input('image', golden.shape('image'))
  const maps = backbone.maps(image)
  const functional = maps
    .map((map, k) => g.sum(g.mul(map, input(`r_${k}`, map.shape))))
    .reduce((a, b) => g.add(a, b))
  const taps = Object.fromEntries(maps.map((map, k) => [`tap_${k}`, map]))
  const weights = [...backbone.weights].map(([name, { data }]) => [name, data] as const)
  const result = await compute(
    runtime,
    { ...taps, functional, grad_image: gradient(functional, [image])[0] },
    {
      image: golden.float('image'),
      ...Object.fromEntries(weights),
      ...Object.fromEntries(golden.series('r_').map(([, name]) => [name, golden.float(name)])),
    },
  )
  for (const [, name] of golden.series('tap_')) {
    checks.tensor(name, result[name], golden.float(name), tolerances.maps)
  }
  checks.number('functional', result.functional[0], golden.scalar('functional'), tolerances.functional)
  checks.tensor('grad_image', result.grad_image, golden.float('grad_image'), tolerances.gradient.backbone)
}
