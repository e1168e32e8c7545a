/** Layers of the trunks that are no ops of their own, built from ops so that they need no gradients of their own. */
import * as g from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'

export interface ConvLayer {
  weight: Tensor
  /** Name of the input that holds the weight for the way back; none where the stride is not 1. */
  adjoint?: string
  bias: Tensor
  stride: number
  /** top, left, bottom, right */
  pads: number[]
}

/** Even and odd rows (axis 2) or columns (axis 3) of x [1, C, H, W]. */
function phases(x: Tensor, axis: 2 | 3): { even: Tensor; odd: Tensor } {
  const shape = [...x.shape]
  const split = shape.toSpliced(axis, 1, shape[axis] / 2, 2)
  const half = shape.with(axis, shape[axis] / 2)
  const pairs = g.reshape(x, split)
  return {
    even: g.reshape(g.slice(pairs, axis + 1, 0, 1), half),
    odd: g.reshape(g.slice(pairs, axis + 1, 1, 2), half),
  }
}

/** Max pool, 2 x 2, stride 2: [1, C, H, W] of even size -> [1, C, H/2, W/2]. A tie's gradient goes to one element, as in PyTorch. */
export function pool2(x: Tensor): Tensor {
  const along = (y: Tensor, axis: 2 | 3) => {
    const { even, odd } = phases(y, axis)
    return g.maximum(even, odd)
  }
  return along(along(x, 2), 3)
}

/**
 * Max pool, 3 x 3, stride 2, windows centred on the even positions: [1, C, H, W] of even size -> [1, C, H/2, W/2]. Values are
 * at least 0 (after a ReLU), so that the padding's 0 never wins.
 */
export function pool3(x: Tensor): Tensor {
  const along = (y: Tensor, axis: 2 | 3) => {
    const { even, odd } = phases(y, axis)
    const before = g.slice(g.pad(odd, axis, 1, 0), axis, 0, odd.shape[axis])
    return g.maximum(g.maximum(even, odd), before)
  }
  return along(along(x, 2), 3)
}

/** Turns a 3 x 3 average [1, C, H, W] that counted the padding's zeros into one over the inside alone, as TensorFlow has it. */
export function uncountPadding(average: Tensor): Tensor {
  const [, , height, width] = average.shape
  const inside = (i: number, length: number) => 3 - (i === 0 ? 1 : 0) - (i === length - 1 ? 1 : 0)
  const factor = new Float32Array(height * width).map(
    (_, i) => 9 / (inside(Math.floor(i / width), height) * inside(i % width, width)),
  )
  return g.mul(average, constant(factor, [1, 1, height, width]))
}
