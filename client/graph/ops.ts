/**
 * The op table: one entry an op, holding its shape rule, its ONNX node(s) and its gradient side by side.
 * Nothing else in the code base knows how gradients work. Opset 18; only forms that stay on the GPU under
 * onnxruntime-web's WebGPU provider and that are exact with several threads (no Sign, Split or ScatterND).
 */
import type { ConvOptions } from './conv-options.ts'
import type { Op } from './op.ts'
import {
  type Attributes,
  broadcastShape,
  constant,
  input,
  makeTensor,
  type Shape,
  sameShape,
  sizeOf,
  type Tensor,
} from './tensor.ts'

type Like = Tensor | number

const tensorOf = (x: Like): Tensor => (typeof x === 'number' ? constant(x) : x)

function apply(op: string, inputs: readonly Tensor[], attributes: Attributes = {}): Tensor {
  const entry = ops[op]
  const shape = entry.shape(inputs, attributes)
  return makeTensor({ op, inputs, attributes, shape, dtype: entry.dtype ?? inputs[0].dtype })
}

const same = (inputs: readonly Tensor[]): Shape => inputs[0].shape
const ints = (node: Tensor, name: string) => node.attributes[name] as readonly number[]
const int = (node: Tensor, name: string) => node.attributes[name] as number
const node =
  (type: string, attributes: (n: Tensor) => Attributes = () => ({})): Op['onnx'] =>
  (emit, inputs, output, n) =>
    emit.node(type, inputs, output, attributes(n))
const notDifferentiable = (n: Tensor) => n.inputs.map(() => null)

/** Sums a gradient back to the shape that was broadcast. */
function unbroadcast(dy: Tensor, shape: Shape): Tensor {
  const lead = dy.shape.length - shape.length
  const axes = dy.shape.flatMap((dim, i) => (i < lead || (shape[i - lead] === 1 && dim !== 1) ? [i] : []))
  return axes.length === 0 ? dy : reshape(reduceSum(dy, axes), shape)
}

const binary = (
  type: string,
  gradient: (a: Tensor, b: Tensor, dy: Tensor, y: Tensor) => [Tensor, Tensor],
): Op => ({
  shape: ([a, b]) => broadcastShape(a.shape, b.shape),
  onnx: node(type),
  gradient: (y, dy) => {
    const [a, b] = y.inputs
    const [da, db] = gradient(a, b, dy, y)
    return [unbroadcast(da, a.shape), unbroadcast(db, b.shape)]
  },
})

/** Output length of a convolution along one axis. */
const convLength = (length: number, kernel: number, stride: number, before: number, after: number) =>
  Math.floor((length + before + after - kernel) / stride) + 1

/** Rows of the upper part of a Gram matrix of n rows whose transpose saves a quarter of the product; 0 where that is little. */
export const gramHalf = (n: number) => (n < 256 ? 0 : n >> 1)

const convAttributes = (n: Tensor): Attributes => ({ strides: ints(n, 'strides'), pads: ints(n, 'pads') })

export const ops: Readonly<Record<string, Op>> = {
  add: binary('Add', (_a, _b, dy) => [dy, dy]),
  sub: binary('Sub', (_a, _b, dy) => [dy, neg(dy)]),
  mul: binary('Mul', (a, b, dy) => [mul(dy, b), mul(dy, a)]),
  // What was broadcast is summed before it is divided: fewer elements.
  div: binary('Div', (_a, b, dy, y) => [div(dy, b), neg(div(unbroadcast(mul(dy, y), b.shape), b))]),
  /** Ties go to the first operand alone, so that nothing is counted twice. */
  maximum: binary('Max', (a, b, dy) => {
    const second = gate(dy, sub(b, a))
    return [sub(dy, second), second]
  }),
  sqrt: { shape: same, onnx: node('Sqrt'), gradient: (y, dy) => [div(mul(dy, 0.5), y)] },
  abs: {
    shape: same,
    onnx: node('Abs'),
    gradient: ({ inputs: [x] }, dy) => [mul(sign(x), dy)],
  },
  /** -`amplitude`, 0 or `amplitude`. Not by ONNX's Sign, which falls back to the CPU under WebGPU: whatever is not 0 is clipped. */
  sign: {
    shape: same,
    onnx: (emit, [x], output, n) => {
      const huge = emit.value('Mul', [x, emit.scalar(1e30)])
      const amplitude = int(n, 'amplitude')
      emit.node('Clip', [huge, emit.scalar(-amplitude), emit.scalar(amplitude)], output)
    },
    gradient: notDifferentiable,
  },
  relu: { shape: same, onnx: node('Relu'), gradient: (y, dy) => [gate(dy, y)] },
  /** dy where x > 0, else 0: [dy, x] of one shape. Not differentiable in x. No Sign: it falls back to the CPU under WebGPU. */
  gate: {
    shape: same,
    onnx: (emit, [dy, x], output) => {
      const open = emit.value('Greater', [x, emit.scalar(0)])
      emit.node('Where', [open, dy, emit.scalar(0)], output)
    },
    gradient: (y, dy) => [gate(dy, y.inputs[1]), null],
  },
  matmul: {
    shape: ([a, b]) => {
      const [m, k] = a.shape.slice(-2)
      const [k2, n] = b.shape.slice(-2)
      if (k !== k2) throw new Error(`matmul: inner sizes differ: [${a.shape}] x [${b.shape}].`)
      return [...broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), m, n]
    },
    onnx: node('MatMul'),
    gradient: (y, dy) => {
      const [a, b] = y.inputs
      return [unbroadcast(matmul(dy, swapLast(b)), a.shape), unbroadcast(matmul(swapLast(a), dy), b.shape)]
    },
  },
  /**
   * x [n, d] -> x x^T [n, n]. `even` promises that the gradient that arrives is symmetric, as that of whatever treats both
   * halves alike is: it saves a transposition.
   */
  gram: {
    shape: ([x]) => [x.shape[0], x.shape[0]],
    onnx: (emit, [x], output, { shape: [n] }) => {
      const cut = (from: string, axis: number, start: number, end: number) =>
        emit.value('Slice', [from, emit.ints([start]), emit.ints([end]), emit.ints([axis])])
      const turned = (from: string) => emit.value('Transpose', [from], { perm: [1, 0] })
      const half = gramHalf(n)
      if (half === 0) return emit.node('MatMul', [x, turned(x)], output)
      const upper = emit.value('MatMul', [cut(x, 0, 0, half), turned(x)])
      const rest = cut(x, 0, half, n)
      const lower = [turned(cut(upper, 1, half, n)), emit.value('MatMul', [rest, turned(rest)])]
      emit.node('Concat', [upper, emit.value('Concat', lower, { axis: 1 })], output, { axis: 0 })
    },
    // One product for both operands.
    gradient: (y, dy) => {
      const both = y.attributes.even ? mul(dy, 2) : add(dy, swapLast(dy))
      return [matmul(both, y.inputs[0])]
    },
  },
  /** The value of the first input with the gradient of the second. */
  computedAs: {
    shape: same,
    onnx: node('Identity'),
    gradient: (_, dy) => [null, dy],
  },
  transpose: {
    shape: ([x], a) => (a.perm as readonly number[]).map((axis) => x.shape[axis]),
    onnx: node('Transpose', (n) => ({ perm: ints(n, 'perm') })),
    gradient: (y, dy) => {
      const perm = ints(y, 'perm')
      return [
        transpose(
          dy,
          perm.map((_, i) => perm.indexOf(i)),
        ),
      ]
    },
  },
  reshape: {
    shape: (_, a) => a.shape as readonly number[],
    onnx: (emit, [x], output, n) => emit.node('Reshape', [x, emit.ints(n.shape)], output),
    gradient: (y, dy) => [reshape(dy, y.inputs[0].shape)],
  },
  expand: {
    shape: (_, a) => a.shape as readonly number[],
    onnx: (emit, [x], output, n) => emit.node('Expand', [x, emit.ints(n.shape)], output),
    gradient: (y, dy) => [unbroadcast(dy, y.inputs[0].shape)],
  },
  /** Keeps the reduced axes with length 1. */
  reduceSum: {
    shape: ([x], a) => x.shape.map((dim, i) => ((a.axes as readonly number[]).includes(i) ? 1 : dim)),
    onnx: (emit, [x], output, n) =>
      emit.node('ReduceSum', [x, emit.ints(ints(n, 'axes'))], output, { keepdims: 1 }),
    gradient: (y, dy) => [expand(dy, y.inputs[0].shape)],
  },
  slice: {
    shape: ([x], a) =>
      x.shape.map((dim, i) => (i === a.axis ? (a.end as number) - (a.start as number) : dim)),
    onnx: (emit, [x], output, n) =>
      emit.node(
        'Slice',
        [x, emit.ints([int(n, 'start')]), emit.ints([int(n, 'end')]), emit.ints([int(n, 'axis')])],
        output,
      ),
    gradient: (y, dy) => {
      const axis = int(y, 'axis')
      return [pad(dy, axis, int(y, 'start'), y.inputs[0].shape[axis] - int(y, 'end'))]
    },
  },
  /** Zeros before and after, along one axis. */
  pad: {
    shape: ([x], a) =>
      x.shape.map((dim, i) => (i === a.axis ? dim + (a.before as number) + (a.after as number) : dim)),
    onnx: (emit, [x], output, n) => {
      const rank = n.shape.length
      const amounts = new Array<number>(2 * rank).fill(0)
      amounts[int(n, 'axis')] = int(n, 'before')
      amounts[rank + int(n, 'axis')] = int(n, 'after')
      emit.node('Pad', [x, emit.ints(amounts)], output, { mode: 'constant' })
    },
    gradient: (y, dy) => {
      const before = int(y, 'before')
      return [slice(dy, int(y, 'axis'), before, before + y.inputs[0].shape[int(y, 'axis')])]
    },
  },
  concat: {
    shape: (inputs, a) =>
      inputs[0].shape.map((dim, i) => (i === a.axis ? inputs.reduce((sum, x) => sum + x.shape[i], 0) : dim)),
    onnx: node('Concat', (n) => ({ axis: int(n, 'axis') })),
    gradient: (y, dy) => {
      let end = 0
      return y.inputs.map((x) => {
        const start = end
        end += x.shape[int(y, 'axis')]
        return slice(dy, int(y, 'axis'), start, end)
      })
    },
  },
  /** x [N, C, H, W], weight [O, C, kh, kw], bias [O]. Weights are frozen: no gradient flows to them. */
  conv: {
    shape: ([x, w], a) => {
      const [sy, sx] = a.strides as readonly number[]
      const [top, left, bottom, right] = a.pads as readonly number[]
      if (x.shape[1] !== w.shape[1])
        throw new Error(`conv: input [${x.shape}] does not fit weight [${w.shape}].`)
      return [
        x.shape[0],
        w.shape[0],
        convLength(x.shape[2], w.shape[2], sy, top, bottom),
        convLength(x.shape[3], w.shape[3], sx, left, right),
      ]
    },
    onnx: node('Conv', convAttributes),
    gradient: (y, dy) => {
      const [x, w, ...bias] = y.inputs
      const [, , h, width] = x.shape
      const [sy, sx] = ints(y, 'strides')
      const [top, left, bottom, right] = ints(y, 'pads')
      const { adjoint } = y.attributes
      if (typeof adjoint === 'string') {
        const [o, i, kh, kw] = w.shape
        const turned = input(adjoint, [i, o, kh, kw])
        const pads = [kh - 1 - top, kw - 1 - left, kh - 1 - bottom, kw - 1 - right]
        return [conv(dy, turned, undefined, { pads }), null, ...bias.map(() => null)]
      }
      // Rows and columns at the far edge that no window reached get no gradient: output_padding restores them.
      const outputPadding = [(h + top + bottom - w.shape[2]) % sy, (width + left + right - w.shape[3]) % sx]
      return [
        apply('convTranspose', [dy, w], { ...y.attributes, outputPadding }),
        null,
        ...bias.map(() => null),
      ]
    },
  },
  /** The adjoint of conv, with the very same weight tensor. */
  convTranspose: {
    shape: ([x, w], a) => {
      const [sy, sx] = a.strides as readonly number[]
      const [top, left, bottom, right] = a.pads as readonly number[]
      const [py, px] = a.outputPadding as readonly number[]
      return [
        x.shape[0],
        w.shape[1],
        (x.shape[2] - 1) * sy + w.shape[2] - top - bottom + py,
        (x.shape[3] - 1) * sx + w.shape[3] - left - right + px,
      ]
    },
    onnx: node('ConvTranspose', (n) => ({ ...convAttributes(n), output_padding: ints(n, 'outputPadding') })),
    gradient: (y, dy) => [
      conv(dy, y.inputs[1], undefined, { strides: ints(y, 'strides'), pads: ints(y, 'pads') }),
      null,
    ],
  },
  /** 3 x 3, stride 1, padding 1, zeros counted: a symmetric linear map, hence its own adjoint. */
  averagePool3: {
    shape: same,
    onnx: node('AveragePool', () => ({
      kernel_shape: [3, 3],
      pads: [1, 1, 1, 1],
      strides: [1, 1],
      count_include_pad: 1,
    })),
    gradient: (_, dy) => [averagePool3(dy)],
  },
  /** x [C, I], index [O] -> [C, O]. */
  gather: {
    shape: ([x, index]) => [x.shape[0], index.shape[0]],
    onnx: node('Gather', () => ({ axis: 1 })),
    gradient: (y, dy) => [apply('scatterAdd', [dy, y.inputs[1]], { length: y.inputs[0].shape[1] }), null],
  },
  /**
   * The adjoint of gather: dy [C, O], index [O] -> [C, length]; repeated indices add up. GPUs add floats of one place in
   * any order, which changes last bits from run to run; so the values are added as integers, scaled to the largest of
   * them with headroom for all O on one place.
   */
  scatterAdd: {
    shape: ([x], a) => [x.shape[0], a.length as number],
    onnx: (emit, [x, index], output, n) => {
      const { shape } = n.inputs[0]
      const unit = 2 ** (30 - Math.ceil(Math.log2(shape[1])))
      const largest = emit.value('ReduceMax', [emit.value('Abs', [x]), emit.ints([0, 1])], { keepdims: 1 })
      const step = emit.value('Mul', [
        emit.value('Max', [largest, emit.scalar(1e-30)]),
        emit.scalar(1 / unit),
      ])
      const integers = emit.value('Cast', [emit.value('Div', [x, step])], { to: 6 })
      const full = emit.value('Expand', [index, emit.ints(shape)])
      // Zeros that follow from the values: runtimes would compute constant ones once and hold them, as large as the map.
      const zero = emit.value('Cast', [emit.value('Clip', [largest, emit.scalar(0), emit.scalar(0)])], {
        to: 6,
      })
      const zeros = emit.value('Expand', [zero, emit.ints(n.shape)])
      const sums = emit.value('ScatterElements', [zeros, full, integers], { axis: 1, reduction: 'add' })
      emit.node('Mul', [emit.value('Cast', [sums], { to: 1 }), step], output)
    },
    gradient: (y, dy) => [gather(dy, y.inputs[1]), null],
  },
  /** Index of the largest element of each row of x [n, m] -> int64 [n, 1]. */
  argMax: {
    shape: ([x]) => [x.shape[0], 1],
    dtype: 'int64',
    onnx: node('ArgMax', () => ({ axis: 1, keepdims: 1 })),
    gradient: notDifferentiable,
  },
  /** Rows of a constant table [m, d] by index [n, 1] -> [n, d]. No gradient flows to the table. */
  rows: {
    shape: ([table, index]) => [index.shape[0], table.shape[1]],
    onnx: (emit, [table, index], output, n) => {
      const column = emit.value('Gather', [table, index], { axis: 0 })
      emit.node('Reshape', [column, emit.ints(n.shape)], output)
    },
    gradient: notDifferentiable,
  },
  /** y[i] = x[i, index[i]]: x [n, m], index [n, 1] -> [n, 1]. */
  pick: {
    shape: ([x]) => [x.shape[0], 1],
    onnx: node('GatherElements', () => ({ axis: 1 })),
    gradient: (y, dy) => [apply('unpick', [dy, y.inputs[1]], { columns: y.inputs[0].shape[1] }), null],
  },
  /** The adjoint of pick: one element a row, so nothing is ever added twice. */
  unpick: {
    shape: ([x], a) => [x.shape[0], a.columns as number],
    onnx: (emit, [x, index], output, n) =>
      emit.node('ScatterElements', [emit.zeros(n.shape), index, x], output, { axis: 1 }),
    gradient: (y, dy) => [pick(dy, y.inputs[1]), null],
  },
  /**
   * A fixed sparse linear map: x [C, I], index and weight [O * K] -> [C, O], with its transpose (index and weight
   * [I * L]) given, so that the gradient is the same gather and never a scatter.
   */
  sparse: {
    shape: ([x, , , transposed], a) => {
      if (transposed.shape[0] % x.shape[1] !== 0)
        throw new Error('sparse: the transpose must have I * L entries.')
      return [x.shape[0], a.outputs as number]
    },
    onnx: (emit, [x, index, weight], output, n) => {
      const [channels, outputs] = n.shape
      const weighted = emit.value('Mul', [emit.value('Gather', [x, index], { axis: 1 }), weight])
      const taps = sizeOf(n.inputs[1].shape) / outputs
      const grouped = emit.value('Reshape', [weighted, emit.ints([channels, outputs, taps])])
      emit.node('ReduceSum', [grouped, emit.ints([2])], output, { keepdims: 0 })
    },
    gradient: (y, dy) => {
      const [x, index, weight, transposedIndex, transposedWeight] = y.inputs
      return [
        sparse(dy, transposedIndex, transposedWeight, index, weight, x.shape[1]),
        null,
        null,
        null,
        null,
      ]
    },
  },
}

export const add = (a: Like, b: Like) => apply('add', [tensorOf(a), tensorOf(b)])
export const sub = (a: Like, b: Like) => apply('sub', [tensorOf(a), tensorOf(b)])
export const mul = (a: Like, b: Like) => apply('mul', [tensorOf(a), tensorOf(b)])
export const div = (a: Like, b: Like) => apply('div', [tensorOf(a), tensorOf(b)])
export const maximum = (a: Like, b: Like) => apply('maximum', [tensorOf(a), tensorOf(b)])
export const neg = (x: Tensor) => mul(x, -1)
export const square = (x: Tensor) => mul(x, x)
export const sqrt = (x: Tensor) => apply('sqrt', [x])
export const abs = (x: Tensor) => apply('abs', [x])
const sign = (x: Tensor) => apply('sign', [x], { amplitude: 1 })
export const relu = (x: Tensor) => apply('relu', [x])
export const gate = (dy: Tensor, x: Tensor) => apply('gate', [dy, expand(x, dy.shape)])
/** Batched over leading axes. */
export const matmul = (a: Tensor, b: Tensor) => apply('matmul', [a, b])
export const gram = (x: Tensor, { even = false } = {}) => apply('gram', [x], { even: even ? 1 : 0 })
/** `value` where `like`, the same in exact arithmetic, is the shorter way back. */
export const computedAs = (value: Tensor, like: Tensor) => apply('computedAs', [value, like])
export const transpose = (x: Tensor, perm: readonly number[]) => apply('transpose', [x], { perm })
export const reshape = (x: Tensor, shape: Shape): Tensor => {
  if (sizeOf(shape) !== sizeOf(x.shape)) throw new Error(`reshape: [${x.shape}] does not fit [${shape}].`)
  return sameShape(x.shape, shape) ? x : apply('reshape', [x], { shape })
}
export const expand = (x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : apply('expand', [x], { shape })
export const reduceSum = (x: Tensor, axes: readonly number[]) => apply('reduceSum', [x], { axes })
export const reduceMean = (x: Tensor, axes: readonly number[]) =>
  mul(reduceSum(x, axes), 1 / axes.reduce((product, axis) => product * x.shape[axis], 1))
/**
 * Sum of all elements, shape []. One axis after the other, last first: runtimes add up an axis naively, and float32
 * loses five digits over millions of terms in one go.
 */
export const sum = (x: Tensor) =>
  reshape(
    x.shape.reduceRight((y, _, axis) => reduceSum(y, [axis]), x),
    [],
  )
/** Mean of all elements, shape []. */
export const mean = (x: Tensor) => mul(sum(x), 1 / sizeOf(x.shape))
export const slice = (x: Tensor, axis: number, start: number, end: number): Tensor =>
  start === 0 && end === x.shape[axis] ? x : apply('slice', [x], { axis, start, end })
export const pad = (x: Tensor, axis: number, before: number, after: number): Tensor =>
  before === 0 && after === 0 ? x : apply('pad', [x], { axis, before, after })
export const concat = (inputs: readonly Tensor[], axis: number): Tensor =>
  inputs.length === 1 ? inputs[0] : apply('concat', inputs, { axis })
export const conv = (x: Tensor, weight: Tensor, bias?: Tensor, options: ConvOptions = {}) =>
  apply('conv', bias ? [x, weight, bias] : [x, weight], {
    strides: options.strides ?? [1, 1],
    pads: options.pads ?? [0, 0, 0, 0],
    ...(options.adjoint && { adjoint: options.adjoint }),
  })
export const averagePool3 = (x: Tensor) => apply('averagePool3', [x])
export const gather = (x: Tensor, index: Tensor) => apply('gather', [x, index])
export const argMax = (x: Tensor) => apply('argMax', [x])
export const rows = (table: Tensor, index: Tensor) => apply('rows', [table, index])
export const pick = (x: Tensor, index: Tensor) => apply('pick', [x, index])
export const sparse = (
  x: Tensor,
  index: Tensor,
  weight: Tensor,
  transposedIndex: Tensor,
  transposedWeight: Tensor,
  outputs: number,
) => apply('sparse', [x, index, weight, transposedIndex, transposedWeight], { outputs })

/** Exchanges the last two axes. */
export function swapLast(x: Tensor): Tensor {
  const rank = x.shape.length
  return transpose(x, [...Array(rank - 2).keys(), rank - 1, rank - 2])
}
