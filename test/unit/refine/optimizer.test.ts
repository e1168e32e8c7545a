import { expect, it } from 'vitest'
import { input } from '../../../client/graph/tensor.ts'
import { adam, sgd } from '../../../client/refine/optimizer.ts'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import { compute } from '../../parity/compute.ts'
import { randomArray } from '../../support/random.ts'

const length = 6
const gradients = [1, 2, 3, 4, 5].map((seed) => randomArray(length, seed))

/** Textbook forms; Adam with both moments bias-corrected. */
const references = {
  sgd: (g: number[]) => {
    let [p, v] = [1, 0]
    for (const value of g) {
      v = 0.9 * v + value
      p -= 0.1 * v
    }
    return p
  },
  adam: (g: number[]) => {
    let [p, m, v] = [1, 0, 0]
    g.forEach((value, i) => {
      m = 0.9 * m + 0.1 * value
      v = 0.99 * v + 0.01 * value ** 2
      p -= (0.1 * (m / (1 - 0.9 ** (i + 1)))) / Math.sqrt(v / (1 - 0.99 ** (i + 1)))
    })
    return p
  },
}

it.each([sgd(0.1, 0.9), adam(0.1, 0.9, 0.99)])(
  'follows the reference over 5 steps: $name',
  async (optimizer) => {
    const states = optimizer.states.map((name) => input(name, [length]))
    const next = optimizer.update(input('p', [length]), input('g', [length]), states, input('rate', [1]))
    const outputs = Object.fromEntries(
      [next.parameter, ...next.states].map((tensor, i) => [`out${i}`, tensor]),
    )
    let values: Float32Array[] = [
      new Float32Array(length).fill(1),
      ...states.map(() => new Float32Array(length)),
    ]
    for (const [i, g] of gradients.entries()) {
      const feeds = Object.fromEntries(optimizer.states.map((name, k) => [name, values[k + 1]]))
      const rate = Float32Array.of(optimizer.rate(i + 1))
      const result = await compute(await nodeRuntime(), outputs, { p: values[0], g, rate, ...feeds })
      values = values.map((_, k) => result[`out${k}`])
    }
    values[0].forEach((value, i) => {
      expect(value).toBeCloseTo(references[optimizer.name](gradients.map((g) => g[i])), 4)
    })
  },
)
