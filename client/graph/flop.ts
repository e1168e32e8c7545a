import { gramHalf } from './ops.ts'
import { sizeOf, type Tensor } from './tensor.ts'

/**
 * Floating-point operations of one node, a multiplication and an addition counted as two. Matrix products and convolutions
 * by their sums; all else one an output element (reductions: an input element), layout changes none.
 */
export function flopOf({ op, inputs, shape }: Tensor): number {
  switch (op) {
    case 'input':
    case 'constant':
    case 'transpose':
    case 'reshape':
    case 'expand':
    case 'slice':
    case 'pad':
    case 'concat':
    case 'computedAs':
      return 0
    case 'matmul':
      return 2 * sizeOf(shape) * inputs[0].shape[inputs[0].shape.length - 1]
    case 'gram': {
      const [n, d] = inputs[0].shape
      const half = gramHalf(n)
      return 2 * d * (half * n + (n - half) ** 2)
    }
    // Weight [out, in, h, w]: each output element sums over in x h x w ...
    case 'conv':
      return 2 * sizeOf(shape) * sizeOf(inputs[1].shape.slice(1))
    // ... and each input element of the adjoint spreads over the same.
    case 'convTranspose':
      return 2 * sizeOf(inputs[0].shape) * sizeOf(inputs[1].shape.slice(1))
    case 'reduceSum':
    case 'argMax':
      return sizeOf(inputs[0].shape)
    default:
      return sizeOf(shape)
  }
}
