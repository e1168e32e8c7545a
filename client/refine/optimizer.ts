/**
 * Optimisers as pure functions: `states` names the buffers that start at zero, `update` maps (parameter, gradient,
 * states, rate) to the new parameter and states, as graph nodes. `rate` is a graph input that the host sets each step.
 */
import * as g from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'

export interface Optimizer {
  name: 'sgd' | 'adam'
  states: readonly string[]
  update(
    parameter: Tensor,
    gradient: Tensor,
    states: readonly Tensor[],
    rate: Tensor,
  ): { parameter: Tensor; states: Tensor[] }
  /** The value to feed as `rate` at step t = 1, 2, ... */
  rate(t: number): number
}

/** v = momentum v + gradient; p = p - learningRate v (PyTorch's SGD, no dampening). */
export function sgd(learningRate: number, momentum: number): Optimizer {
  return {
    name: 'sgd',
    states: ['momentum'],
    update: (parameter, gradient, [velocity], rate) => {
      const next = g.add(g.mul(velocity, momentum), gradient)
      return { parameter: g.sub(parameter, g.mul(next, rate)), states: [next] }
    },
    rate: () => learningRate,
  }
}

/**
 * Adam (Kingma and Ba, 2015, section 2, last paragraph: the order of computation that folds both bias corrections into
 * the rate): p = p - rate_t m / (sqrt(v) + epsilon), rate_t = learningRate sqrt(1 - beta2^t) / (1 - beta1^t).
 */
export function adam(learningRate: number, beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8): Optimizer {
  return {
    name: 'adam',
    states: ['first_moment', 'second_moment'],
    update: (parameter, gradient, [mean, variance], rate) => {
      const m = g.add(g.mul(mean, beta1), g.mul(gradient, 1 - beta1))
      const v = g.add(g.mul(variance, beta2), g.mul(g.square(gradient), 1 - beta2))
      // A state of exactly zero has no direction; the floor keeps sqrt away from denormals on GPUs.
      const step = g.div(m, g.add(g.sqrt(v), epsilon))
      return { parameter: g.sub(parameter, g.mul(step, rate)), states: [m, v] }
    },
    rate: (t) => (learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t),
  }
}
