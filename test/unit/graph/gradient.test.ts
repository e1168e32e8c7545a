import { describe, expect, it } from 'vitest'
import { gradient } from '../../../client/graph/gradient.ts'
import * as g from '../../../client/graph/ops.ts'
import { constant, input, sizeOf, type Tensor } from '../../../client/graph/tensor.ts'
import { evaluate } from '../../support/evaluate.ts'
import { randomArray } from '../../support/random.ts'

const weights = constant(randomArray(2 * 3 * 3 * 3, 7), [2, 3, 3, 3])
const index = constant(Int32Array.of(2, 0, 2, 5), [4])

/** One case or more for each op: the parameter's shape and the expression. */
const cases: Record<string, { shape: number[]; low?: number; build: (x: Tensor) => Tensor }> = {
  'add, broadcast': { shape: [3, 1], build: (x) => g.add(x, constant(randomArray(12, 1), [3, 4])) },
  'sub, scalar right': { shape: [], build: (x) => g.sub(constant(randomArray(4, 1), [4]), x) },
  'mul, both sides': { shape: [2, 3], build: (x) => g.mul(x, g.mul(x, x)) },
  'div, numerator and denominator': { shape: [5], low: 0.5, build: (x) => g.div(x, g.add(g.square(x), 1)) },
  maximum: { shape: [6], build: (x) => g.maximum(x, constant(randomArray(6, 5), [6])) },
  sqrt: { shape: [5], low: 0.2, build: g.sqrt },
  abs: { shape: [7], build: g.abs },
  relu: { shape: [7], build: g.relu },
  gate: { shape: [7], build: (x) => g.gate(g.square(x), constant(randomArray(7, 9), [7])) },
  'matmul, left': { shape: [3, 4], build: (x) => g.matmul(x, constant(randomArray(8, 2), [4, 2])) },
  'matmul, right, broadcast over a batch': {
    shape: [4, 2],
    build: (x) => g.matmul(constant(randomArray(24, 3), [2, 3, 4]), x),
  },
  'matmul with itself': { shape: [3, 4], build: (x) => g.matmul(x, g.swapLast(x)) },
  gram: { shape: [3, 4], build: g.gram },
  'gram, even': { shape: [3, 4], build: (x) => g.sum(g.square(g.gram(x, { even: true }))) },
  computedAs: { shape: [5], build: (x) => g.computedAs(g.square(x), g.mul(x, x)) },
  'abs, hence sign': { shape: [7], build: (x) => g.mul(g.abs(x), x) },
  transpose: { shape: [2, 3, 4], build: (x) => g.transpose(x, [2, 0, 1]) },
  reshape: { shape: [2, 6], build: (x) => g.reshape(x, [3, 4]) },
  expand: { shape: [2, 1, 3], build: (x) => g.expand(x, [2, 4, 3]) },
  reduceSum: { shape: [2, 3, 4], build: (x) => g.reduceSum(x, [0, 2]) },
  reduceMean: { shape: [2, 3, 4], build: (x) => g.reduceMean(x, [1]) },
  slice: { shape: [2, 5], build: (x) => g.slice(x, 1, 1, 4) },
  pad: { shape: [2, 3], build: (x) => g.pad(x, 1, 2, 1) },
  concat: { shape: [2, 3], build: (x) => g.concat([x, g.square(x)], 1) },
  'conv, stride 1, padding 1': {
    shape: [1, 3, 5, 6],
    build: (x) => g.conv(x, weights, constant(randomArray(2, 8), [2]), { pads: [1, 1, 1, 1] }),
  },
  'conv, stride 2, far edge unused': {
    shape: [1, 3, 6, 8],
    build: (x) => g.conv(x, weights, undefined, { strides: [2, 2], pads: [0, 0, 1, 1] }),
  },
  'convTranspose (second order of conv)': {
    shape: [1, 3, 6, 6],
    build: (x) => {
      const y = g.sum(g.square(g.conv(x, weights, undefined, { strides: [2, 2], pads: [0, 0, 1, 1] })))
      return gradient(y, [x])[0]
    },
  },
  averagePool3: { shape: [1, 2, 4, 5], build: g.averagePool3 },
  'gather, repeated index': { shape: [3, 6], build: (x) => g.gather(x, index) },
  'scatterAdd (second order of gather)': {
    shape: [3, 6],
    build: (x) => gradient(g.sum(g.square(g.gather(x, index))), [x])[0],
  },
  'pick of the row maximum by argMax': { shape: [4, 5], build: (x) => g.pick(x, g.argMax(x)) },
  'unpick (second order of pick)': {
    shape: [4, 5],
    build: (x) => gradient(g.sum(g.square(g.pick(x, g.argMax(x)))), [x])[0],
  },
  'rows of a table by an index that depends on x': {
    shape: [4, 5],
    build: (x) => g.mul(x, g.rows(constant(randomArray(25, 4), [5, 5]), g.argMax(x))),
  },
  sparse: {
    shape: [2, 3],
    build: (x) =>
      g.sparse(
        x,
        constant(Int32Array.of(0, 1, 2, 2), [4]),
        constant(Float32Array.of(0.3, 0.7, 1, 0.5), [4]),
        constant(Int32Array.of(0, 0, 0, 0, 1, 1), [6]),
        constant(Float32Array.of(0.3, 0, 0.7, 0, 1, 0.5), [6]),
        2,
      ),
  },
}

describe('gradient against central differences in float64', () => {
  it('has a case for every op', () => {
    const names = Object.keys(cases).join(' ')
    expect(Object.keys(g.ops).filter((op) => !names.includes(op))).toEqual([])
  })

  it.each(Object.entries(cases))('%s', (_, { shape, low, build }) => {
    const x = input('x', shape)
    const y = build(x)
    const loss = g.sum(g.mul(y, constant(randomArray(sizeOf(y.shape), 11), y.shape)))
    const at = Float64Array.from(randomArray(sizeOf(shape), 3, low ?? -1, 1))
    const [analytic] = evaluate(gradient(loss, [x]), { x: at })
    const step = 1e-6
    at.forEach((value, i) => {
      const above = evaluate([loss], { x: at.with(i, value + step) })[0][0]
      const below = evaluate([loss], { x: at.with(i, value - step) })[0][0]
      expect(analytic[i]).toBeCloseTo((above - below) / (2 * step), 6)
    })
  })

  it('gives ties to one operand alone', () => {
    const x = input('x', [2])
    const y = g.sum(g.maximum(x, x))
    expect([...evaluate(gradient(y, [x]), { x: [1, 2] })[0]]).toEqual([1, 1])
  })

  it('names the parameter that the loss does not depend on', () => {
    const x = input('x', [2])
    expect(() => gradient(g.sum(x), [input('unused', [2])])).toThrow('does not depend on "unused"')
  })

  it('asks for a single number', () => {
    const x = input('x', [2])
    expect(() => gradient(x, [x])).toThrow('one number')
  })
})
