/**
 * One list of cases that every runtime must pass: each op of the graph module, forward and backward, on data that is
 * fed. Expected values come from the float64 evaluator, whose gradients are checked against central differences in
 * test/unit/graph.
 */
import { gradient } from '../../client/graph/gradient.ts'
import * as g from '../../client/graph/ops.ts'
import { constant, type Dtype, input, type Shape, sizeOf, type Tensor } from '../../client/graph/tensor.ts'
import { adjointWeight } from '../../client/refine/backbone.ts'
import { randomArray } from '../support/random.ts'

export interface Input {
  shape: Shape
  dtype?: Dtype
  data: Float32Array | Int32Array
  /** Whether its gradient is wanted. */
  parameter?: boolean
}

export interface Case {
  name: string
  inputs: Record<string, Input>
  build(x: Record<string, Tensor>): Tensor
}

export interface Problem {
  outputs: Record<string, Tensor>
  feeds: Record<string, { type: 'float32' | 'int32'; dims: Shape; data: Float32Array | Int32Array }>
}

/** The graph of a case: `y`, and `d_NAME` for each parameter, where the loss is y times fixed random numbers, summed. */
export function problemOf({ inputs, build }: Case): Problem {
  const tensors: Record<string, Tensor> = {}
  const feeds: Problem['feeds'] = {}
  for (const [name, { shape, dtype = 'float32', data }] of Object.entries(inputs)) {
    tensors[name] = input(name, shape, dtype)
    feeds[name] = { type: dtype as 'float32' | 'int32', dims: shape, data }
  }
  const y = build(tensors)
  const outputs: Problem['outputs'] = { y }
  const parameters = Object.keys(inputs).filter((name) => inputs[name].parameter)
  if (parameters.length > 0) {
    const loss = g.sum(g.mul(y, constant(randomArray(sizeOf(y.shape), 99), y.shape)))
    gradient(
      loss,
      parameters.map((name) => tensors[name]),
    ).forEach((dx, i) => {
      outputs[`d_${parameters[i]}`] = dx
    })
  }
  return { outputs, feeds }
}

/** A differentiable float input. */
const p = (shape: Shape, seed: number, low = -1, high = 1): Input => ({
  shape,
  data: randomArray(sizeOf(shape), seed, low, high),
  parameter: true,
})
/** Frozen floats. */
const f = (shape: Shape, seed: number): Input => ({ ...p(shape, seed), parameter: false })
/** Indices. */
const i = (...values: number[]): Input => ({
  shape: [values.length],
  dtype: 'int32',
  data: Int32Array.from(values),
})

/** Repeated indices from far apart, more than a small graph would ever race on. */
const crowded = (length: number, outputs: number) => {
  const random = randomArray(length, 21, 0, outputs)
  return i(...Array.from(random, Math.floor))
}

/** A weight `w` and, as `v`, what the way back takes instead. */
function withAdjoint(
  shape: readonly [number, number, number, number],
  seed: number,
): Record<'w' | 'v', Input> {
  const w = f(shape, seed)
  const v = adjointWeight({ shape: [...shape], data: w.data as Float32Array })
  return { w, v: { ...v, parameter: false } }
}

export const cases: Case[] = [
  { name: 'add', inputs: { a: p([3, 4], 1), b: p([3, 4], 2) }, build: ({ a, b }) => g.add(a, b) },
  {
    name: 'add, both sides broadcast',
    inputs: { a: p([3, 1], 1), b: p([4], 2) },
    build: ({ a, b }) => g.add(a, b),
  },
  { name: 'sub, a number', inputs: { a: p([], 1), b: p([5], 2) }, build: ({ a, b }) => g.sub(a, b) },
  {
    name: 'mul, a channel over rows',
    inputs: { a: p([2, 3, 4], 1), b: p([3, 1], 2) },
    build: ({ a, b }) => g.mul(a, b),
  },
  { name: 'div', inputs: { a: p([3, 4], 1), b: p([3, 4], 2, 0.5, 2) }, build: ({ a, b }) => g.div(a, b) },
  {
    name: 'div by a column',
    inputs: { a: p([3, 4], 1), b: p([3, 1], 2, 0.5, 2) },
    build: ({ a, b }) => g.div(a, b),
  },
  {
    name: 'maximum, with ties',
    inputs: {
      a: { ...p([4], 1), data: Float32Array.of(1, 2, 3, -1) },
      b: { ...p([4], 2), data: Float32Array.of(1, 3, 2, -1) },
    },
    build: ({ a, b }) => g.maximum(a, b),
  },
  { name: 'sqrt', inputs: { x: p([17], 1, 0.1, 4) }, build: ({ x }) => g.sqrt(x) },
  { name: 'abs', inputs: { x: p([17], 1) }, build: ({ x }) => g.abs(x) },
  {
    name: 'abs at zero and far from it',
    inputs: { x: { ...p([5], 1), data: Float32Array.of(0, -3e4, 3e4, 1e-20, -1e-20) } },
    build: ({ x }) => g.abs(x),
  },
  { name: 'relu', inputs: { x: p([2, 9], 1) }, build: ({ x }) => g.relu(x) },
  { name: 'gate', inputs: { dy: p([17], 2), x: f([17], 1) }, build: ({ dy, x }) => g.gate(dy, x) },
  {
    name: 'gate at zero',
    inputs: { x: { ...f([3], 1), data: Float32Array.of(-2, 0, 3) } },
    build: ({ x }) => g.gate(x, x),
  },
  { name: 'matmul', inputs: { a: p([5, 7], 1), b: p([7, 3], 2) }, build: ({ a, b }) => g.matmul(a, b) },
  {
    name: 'matmul, a batch with one right side',
    inputs: { a: p([2, 3, 4], 1), b: p([4, 5], 2) },
    build: ({ a, b }) => g.matmul(a, b),
  },
  {
    name: 'matmul, one left side with a batch (colour matrix)',
    inputs: { a: f([3, 3], 1), b: p([1, 3, 16], 2) },
    build: ({ a, b }) => g.matmul(a, b),
  },
  {
    name: 'matmul with its own transpose',
    inputs: { x: p([6, 4], 1) },
    build: ({ x }) => g.matmul(x, g.swapLast(x)),
  },
  { name: 'gram in blocks', inputs: { x: f([257, 3], 1) }, build: ({ x }) => g.gram(x) },
  { name: 'gram (self-similarity)', inputs: { x: p([6, 4], 1) }, build: ({ x }) => g.gram(x) },
  {
    name: 'gram of which both halves are treated alike (covariance)',
    inputs: { x: p([6, 4], 1) },
    build: ({ x }) => g.abs(g.sum(g.abs(g.sub(g.gram(x, { even: true }), 0.3)))),
  },
  {
    name: 'computedAs, one way there and another back',
    inputs: { x: p([17], 1) },
    build: ({ x }) => g.computedAs(g.mul(x, g.mul(x, x)), g.mul(g.square(x), x)),
  },
  { name: 'transpose', inputs: { x: p([2, 3, 4], 1) }, build: ({ x }) => g.transpose(x, [2, 0, 1]) },
  { name: 'reshape', inputs: { x: p([2, 6], 1) }, build: ({ x }) => g.reshape(x, [3, 4]) },
  { name: 'expand', inputs: { x: p([2, 1, 3], 1) }, build: ({ x }) => g.expand(x, [2, 4, 3]) },
  {
    name: 'reduceSum, first and last axis',
    inputs: { x: p([2, 3, 4], 1) },
    build: ({ x }) => g.reduceSum(x, [0, 2]),
  },
  { name: 'reduceMean', inputs: { x: p([2, 3, 4], 1) }, build: ({ x }) => g.reduceMean(x, [1]) },
  { name: 'sum of all elements', inputs: { x: p([2, 3, 4], 1) }, build: ({ x }) => g.sum(x) },
  { name: 'mean of squares', inputs: { x: p([33], 1) }, build: ({ x }) => g.mean(g.square(x)) },
  { name: 'slice', inputs: { x: p([2, 5, 3], 1) }, build: ({ x }) => g.slice(x, 1, 1, 4) },
  { name: 'pad', inputs: { x: p([2, 3], 1) }, build: ({ x }) => g.pad(x, 1, 2, 1) },
  {
    name: 'concat of twelve (more than a shader binds at once)',
    inputs: Object.fromEntries(Array.from({ length: 12 }, (_, k) => [`x${k}`, p([2, 1 + (k % 3)], k + 1)])),
    build: (x) => g.concat(Object.values(x), 1),
  },
  {
    name: 'conv 3 x 3, padding 1, bias',
    inputs: { x: p([1, 3, 6, 5], 1), w: f([4, 3, 3, 3], 2), b: f([4], 3) },
    build: ({ x, w, b }) => g.conv(x, w, b, { pads: [1, 1, 1, 1] }),
  },
  {
    name: 'conv 3 x 3, stride 2, no padding, far edge unused',
    inputs: { x: p([1, 3, 8, 8], 1), w: f([4, 3, 3, 3], 2) },
    build: ({ x, w }) => g.conv(x, w, undefined, { strides: [2, 2] }),
  },
  {
    name: 'conv 3 x 3, stride 2, uneven padding',
    inputs: { x: p([1, 3, 7, 8], 1), w: f([4, 3, 3, 3], 2) },
    build: ({ x, w }) => g.conv(x, w, undefined, { strides: [2, 2], pads: [0, 1, 1, 0] }),
  },
  {
    name: 'conv 3 x 5 whose way back is a convolution, uneven padding',
    inputs: { x: p([1, 3, 7, 8], 1), ...withAdjoint([4, 3, 3, 5], 2) },
    build: ({ x, w }) => g.conv(x, w, undefined, { pads: [1, 2, 0, 1], adjoint: 'v' }),
  },
  {
    name: 'halves put together again',
    inputs: { x: p([2, 5], 1) },
    build: ({ x }) => g.mul(g.concat([g.slice(x, 1, 2, 5), g.slice(x, 1, 0, 2)], 1), 3),
  },
  {
    name: 'conv 1 x 1',
    inputs: { x: p([1, 5, 4, 4], 1), w: f([3, 5, 1, 1], 2) },
    build: ({ x, w }) => g.conv(x, w),
  },
  {
    name: 'conv 1 x 7 and 7 x 1',
    inputs: { x: p([1, 2, 8, 9], 1), w: f([3, 2, 1, 7], 2), v: f([2, 3, 7, 1], 3) },
    build: ({ x, w, v }) =>
      g.conv(g.conv(x, w, undefined, { pads: [0, 3, 0, 3] }), v, undefined, { pads: [3, 0, 3, 0] }),
  },
  {
    name: 'conv, 16 channels (vectorised kernels)',
    inputs: { x: p([1, 16, 9, 9], 1), w: f([32, 16, 3, 3], 2), b: f([32], 3) },
    build: ({ x, w, b }) => g.conv(x, w, b, { pads: [1, 1, 1, 1] }),
  },
  {
    name: 'convTranspose and its gradient',
    inputs: { x: p([1, 3, 8, 8], 1), w: f([4, 3, 3, 3], 2) },
    build: ({ x, w }) =>
      gradient(g.sum(g.square(g.conv(x, w, undefined, { strides: [2, 2], pads: [0, 0, 1, 1] }))), [x])[0],
  },
  { name: 'averagePool3', inputs: { x: p([1, 2, 5, 6], 1) }, build: ({ x }) => g.averagePool3(x) },
  {
    name: 'gather, repeated indices',
    inputs: { x: p([3, 6], 1), index: i(2, 0, 2, 5, 2) },
    build: ({ x, index }) => g.gather(x, index),
  },
  {
    name: 'scatterAdd (the gradient of gather), 2,000 samples on 40 places',
    inputs: { x: p([8, 40], 1), index: crowded(2000, 40) },
    build: ({ x, index }) => g.gather(x, index),
  },
  {
    name: 'scatterAdd and its gradient',
    inputs: { x: p([3, 6], 1), index: i(2, 0, 2, 5) },
    build: ({ x, index }) => gradient(g.sum(g.square(g.gather(x, index))), [x])[0],
  },
  {
    name: 'argMax, pick and unpick: the row maximum',
    inputs: { x: p([6, 9], 1) },
    build: ({ x }) => g.pick(x, g.argMax(x)),
  },
  {
    name: 'argMax takes the first of equals',
    inputs: { x: { ...p([2, 4], 1), data: Float32Array.of(3, 1, 1, 2, 5, 5, 5, 5) } },
    build: ({ x }) => g.pick(x, g.argMax(x)),
  },
  {
    name: 'unpick and its gradient',
    inputs: { x: p([4, 5], 1) },
    build: ({ x }) => gradient(g.sum(g.square(g.pick(x, g.argMax(x)))), [x])[0],
  },
  {
    name: 'rows of a table by argMax',
    inputs: { x: p([4, 5], 1), table: f([5, 3], 2) },
    build: ({ x, table }) => g.mul(g.slice(x, 1, 0, 3), g.rows(table, g.argMax(x))),
  },
  {
    name: 'sparse linear map and its transpose',
    inputs: {
      x: p([2, 3], 1),
      index: i(0, 1, 2, 2),
      weight: { ...f([4], 1), data: Float32Array.of(0.3, 0.7, 1, 0.5) },
      transposedIndex: i(0, 0, 0, 0, 1, 1),
      transposedWeight: { ...f([6], 1), data: Float32Array.of(0.3, 0, 0.7, 0, 1, 0.5) },
    },
    build: ({ x, index, weight, transposedIndex, transposedWeight }) =>
      g.sparse(x, index, weight, transposedIndex, transposedWeight, 2),
  },
]
