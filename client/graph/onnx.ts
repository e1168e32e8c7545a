import { flopOf } from './flop.ts'
import { fold } from './fold.ts'
import { ops } from './ops.ts'
import { type Attributes, type Dtype, type Shape, type Tensor, topological } from './tensor.ts'

/** ONNX IR 8, opset 18: newer opsets send GridSample, MaxPool and ConvTranspose to the CPU under WebGPU. */
const irVersion = 8
const opset = 18
const onnxType: Record<Dtype, number> = { float32: 1, int32: 6, int64: 7 }

/** What an op entry uses to write its nodes. */
export interface Emitter {
  node(type: string, inputs: readonly string[], output: string, attributes?: Attributes): void
  /** Names of shared initialisers. */
  ints(values: readonly number[]): string
  scalar(value: number): string
  zeros(shape: Shape): string
  /** A fresh name for a value between two nodes of one op. */
  temporary(): string
}

export interface OnnxModel {
  /** Serialised ModelProto. */
  bytes: Uint8Array
  /** Number of ONNX nodes. */
  nodes: number
  /** Floating-point operations of one run (flop.ts). */
  flop: number
  /** Inputs that the outputs really need, as they must be fed. */
  inputs: { name: string; shape: Shape; dtype: Dtype }[]
}

/** Folds the graph and writes it as an ONNX model with the given output names. */
export function toOnnx(outputs: Readonly<Record<string, Tensor>>): OnnxModel {
  const graph = new Message()
  const initialisers = new Map<string, Message>()
  const names = new Map<Tensor, string>()
  const inputs: OnnxModel['inputs'] = []
  const zeros = new Set<string>()
  let nodes = 0
  let flop = 0
  let temporaries = 0

  const share = (key: string, make: (name: string) => Message): string => {
    const name = `c${key}`
    if (!initialisers.has(name)) initialisers.set(name, make(name))
    return name
  }
  const emit: Emitter = {
    node: (type, from, output, attributes = {}) => {
      nodes++
      const message = new Message()
      for (const name of from) message.text(1, name)
      message.text(2, output).text(4, type)
      for (const [name, value] of Object.entries(attributes)) message.message(5, attributeProto(name, value))
      graph.message(1, message)
    },
    ints: (values) =>
      share(`i_${values.join('_')}`, (name) =>
        tensorProto(name, [values.length], 'int64', new BigInt64Array(values.map(BigInt))),
      ),
    scalar: (value) =>
      share(`s_${value}`, (name) => tensorProto(name, [], 'float32', Float32Array.of(value))),
    zeros: (shape) => {
      const name = `z_${shape.join('_')}`
      if (!zeros.has(name)) emit.node('Expand', [emit.scalar(0), emit.ints(shape)], name)
      zeros.add(name)
      return name
    },
    temporary: () => `t${temporaries++}`,
  }

  const targets = fold(Object.values(outputs))
  const outputNames = new Map(Object.keys(outputs).map((name, i) => [targets[i], name]))
  for (const tensor of topological(targets)) {
    const isLeaf = tensor.op === 'input' || tensor.op === 'constant'
    const name = tensor.name ?? (isLeaf ? undefined : outputNames.get(tensor)) ?? `v${tensor.id}`
    names.set(tensor, name)
    if (tensor.op === 'input') inputs.push({ name, shape: tensor.shape, dtype: tensor.dtype })
    else if (tensor.op === 'constant') {
      initialisers.set(name, tensorProto(name, tensor.shape, tensor.dtype, tensor.data!))
    } else {
      const sources = tensor.inputs.map((x) => names.get(x)!)
      ops[tensor.op].onnx(emit, sources, name, tensor)
      flop += flopOf(tensor)
    }
  }
  Object.keys(outputs).forEach((name, i) => {
    // A leaf, or a value with two output names, is copied; all others were written under their name.
    if (names.get(targets[i]) !== name) emit.node('Identity', [names.get(targets[i])!], name)
    graph.message(12, valueInfoProto(name, targets[i].shape, targets[i].dtype))
  })
  graph.text(2, 'step')
  for (const initialiser of initialisers.values()) graph.message(5, initialiser)
  for (const { name, shape, dtype } of inputs) graph.message(11, valueInfoProto(name, shape, dtype))

  const model = new Message()
  model.integer(1, irVersion).text(2, 'facerefiner').message(7, graph)
  model.message(8, new Message().text(1, '').integer(2, opset))
  return { bytes: model.finish(), nodes, flop, inputs }
}

function attributeProto(name: string, value: Attributes[string]): Message {
  const message = new Message().text(1, name)
  if (typeof value === 'number') return message.integer(3, value).integer(20, 2)
  if (typeof value === 'string') return message.text(4, value).integer(20, 3)
  for (const item of value) message.integer(8, item)
  return message.integer(20, 7)
}

function tensorProto(name: string, shape: Shape, dtype: Dtype, data: ArrayBufferView): Message {
  const message = new Message()
  for (const dim of shape) message.integer(1, dim)
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return message.integer(2, onnxType[dtype]).text(8, name).bytes(9, raw)
}

function valueInfoProto(name: string, shape: Shape, dtype: Dtype): Message {
  const dims = new Message()
  for (const dim of shape) dims.message(1, new Message().integer(1, dim))
  const tensor = new Message().integer(1, onnxType[dtype]).message(2, dims)
  return new Message().text(1, name).message(2, new Message().message(1, tensor))
}

/** A protocol-buffers message being written: field number, then value. */
class Message {
  private readonly chunks: Uint8Array[] = []

  /** Varint; two's complement in 64 bits where negative. */
  integer(field: number, value: number): this {
    this.chunks.push(varint(field << 3), varint(value))
    return this
  }

  bytes(field: number, data: Uint8Array): this {
    this.chunks.push(varint((field << 3) | 2), varint(data.length), data)
    return this
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value))
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.finish())
  }

  finish(): Uint8Array {
    const result = new Uint8Array(this.chunks.reduce((total, chunk) => total + chunk.length, 0))
    let offset = 0
    for (const chunk of this.chunks) {
      result.set(chunk, offset)
      offset += chunk.length
    }
    return result
  }
}

function varint(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}
