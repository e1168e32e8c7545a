import type { Emitter } from './emitter.ts'
import { flopOf } from './flop.ts'
import { fold } from './fold.ts'
import { ops } from './ops.ts'
import { type Attributes, type Dtype, type Shape, type Tensor, topological } from './tensor.ts'

/** ONNX IR 8, opset 18: newer opsets send GridSample, MaxPool and ConvTranspose to the CPU under WebGPU. */
const irVersion = 8
const opset = 18
const onnxType: Record<Dtype, number> = { float32: 1, int32: 6, int64: 7 }

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
  const graph = new GraphWriter()
  const names = new Map<Tensor, string>()
  const inputs: OnnxModel['inputs'] = []
  let flop = 0

  const targets = fold(Object.values(outputs))
  const outputNames = new Map(Object.keys(outputs).map((name, i) => [targets[i], name]))
  for (const tensor of topological(targets)) {
    const isLeaf = tensor.op === 'input' || tensor.op === 'constant'
    const name = tensor.name ?? (isLeaf ? undefined : outputNames.get(tensor)) ?? `v${tensor.id}`
    names.set(tensor, name)
    if (tensor.op === 'input') inputs.push({ name, shape: tensor.shape, dtype: tensor.dtype })
    else if (tensor.op === 'constant') graph.initialiser(name, tensor.shape, tensor.dtype, tensor.data!)
    else {
      const sources = tensor.inputs.map((x) => names.get(x)!)
      ops[tensor.op].onnx(graph, sources, name, tensor)
      flop += flopOf(tensor)
    }
  }
  Object.keys(outputs).forEach((name, i) => {
    // A leaf, or a value with two output names, is copied; all others were written under their name.
    if (names.get(targets[i]) !== name) graph.node('Identity', [names.get(targets[i])!], name)
    graph.output(name, targets[i])
  })

  const model = new Message()
  model.integer(1, irVersion).text(2, 'facerefiner').message(7, graph.finish(inputs))
  model.message(8, new Message().text(1, '').integer(2, opset))
  return { bytes: model.finish(), nodes: graph.nodes, flop, inputs }
}

/** A GraphProto being written. */
class GraphWriter implements Emitter {
  /** How many nodes were written. */
  nodes = 0
  readonly #graph = new Message()
  readonly #initialisers = new Map<string, Message>()
  readonly #zeros = new Set<string>()
  #temporaries = 0

  node(type: string, inputs: readonly string[], output: string, attributes: Attributes = {}): void {
    this.nodes++
    const message = new Message()
    for (const name of inputs) message.text(1, name)
    message.text(2, output).text(4, type)
    for (const [name, value] of Object.entries(attributes)) message.message(5, attributeProto(name, value))
    this.#graph.message(1, message)
  }

  ints(values: readonly number[]): string {
    const data = new BigInt64Array(values.map(BigInt))
    return this.initialiser(`ci_${values.join('_')}`, [values.length], 'int64', data)
  }

  scalar(value: number): string {
    return this.initialiser(`cs_${value}`, [], 'float32', Float32Array.of(value))
  }

  zeros(shape: Shape): string {
    const name = `z_${shape.join('_')}`
    if (!this.#zeros.has(name)) this.node('Expand', [this.scalar(0), this.ints(shape)], name)
    this.#zeros.add(name)
    return name
  }

  value(type: string, inputs: readonly string[], attributes?: Attributes): string {
    const name = `t${this.#temporaries++}`
    this.node(type, inputs, name, attributes)
    return name
  }

  /** Written once for each name. */
  initialiser(name: string, shape: Shape, dtype: Dtype, data: ArrayBufferView): string {
    if (!this.#initialisers.has(name)) this.#initialisers.set(name, tensorProto(name, shape, dtype, data))
    return name
  }

  output(name: string, { shape, dtype }: Tensor): void {
    this.#graph.message(12, valueInfoProto(name, shape, dtype))
  }

  finish(inputs: OnnxModel['inputs']): Message {
    this.#graph.text(2, 'step')
    for (const initialiser of this.#initialisers.values()) this.#graph.message(5, initialiser)
    for (const { name, shape, dtype } of inputs) this.#graph.message(11, valueInfoProto(name, shape, dtype))
    return this.#graph
  }
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
