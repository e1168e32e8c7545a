/** Symbolic tensors: nodes of a static-shape graph. Nothing here computes; {@link toOnnx} writes the graph out. */

export type Shape = readonly number[]
export type Dtype = 'float32' | 'int32' | 'int64'
export type Attributes = Readonly<Record<string, number | string | readonly number[]>>

export interface Tensor {
  readonly id: number
  /** Name of an entry of the op table, or 'input' or 'constant'. */
  readonly op: string
  readonly inputs: readonly Tensor[]
  readonly attributes: Attributes
  readonly shape: Shape
  readonly dtype: Dtype
  /** Inputs only: the name under which the value is fed. */
  readonly name?: string
  /** Constants only. */
  readonly data?: Float32Array | Int32Array
}

let nextId = 0

/** Makes a node. Use the op functions of ops.ts rather than this. */
export function makeTensor(fields: Omit<Tensor, 'id'>): Tensor {
  return { id: nextId++, ...fields }
}

/** A value fed at run time: `input('x', [3, 4])`. */
export function input(name: string, shape: Shape, dtype: Dtype = 'float32'): Tensor {
  return makeTensor({ op: 'input', inputs: [], attributes: {}, shape, dtype, name })
}

/** A value known now: a number (shape []), or data with its shape. */
export function constant(data: number | Float32Array | Int32Array, shape: Shape = []): Tensor {
  const values = typeof data === 'number' ? Float32Array.of(data) : data
  if (values.length !== sizeOf(shape)) {
    throw new Error(
      `constant: ${values.length} values were given for shape [${shape}], which holds ${sizeOf(shape)}.`,
    )
  }
  const dtype = values instanceof Int32Array ? 'int32' : 'float32'
  return makeTensor({ op: 'constant', inputs: [], attributes: {}, shape, dtype, data: values })
}

/** Number of elements. `sizeOf([2, 3]) // -> 6`, `sizeOf([]) // -> 1` */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, dim) => product * dim, 1)
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i])
}

/** NumPy broadcasting. `broadcastShape([3, 1], [4]) // -> [3, 4]` */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1
    const y = b[i - rank + b.length] ?? 1
    if (x !== y && x !== 1 && y !== 1) throw new Error(`Shapes [${a}] and [${b}] do not broadcast.`)
    return x === 1 ? y : x
  })
}

/** All nodes that the outputs need, inputs before users, each once. */
export function topological(outputs: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = []
  const seen = new Set<Tensor>()
  const stack: [Tensor, boolean][] = [...outputs].reverse().map((t) => [t, false])
  while (stack.length > 0) {
    const [tensor, expanded] = stack.pop()!
    if (expanded) {
      order.push(tensor)
    } else if (!seen.has(tensor)) {
      seen.add(tensor)
      stack.push([tensor, true])
      for (const source of tensor.inputs) if (!seen.has(source)) stack.push([source, false])
    }
  }
  return order
}
