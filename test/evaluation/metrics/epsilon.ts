/** Lengths that are never 0, put into an ONNX model. */

import { protobufFields } from '../../../models/protobuf.ts'

/** Field numbers of onnx.proto. */
const graphField = 7
const nodeField = 1
const initializer = 5
const outputField = 2
const opType = 4

const epsilonName = 'length_epsilon'
const epsilon = 1e-10

/**
 * Adds 1e-10 to the result of every square root, as LPIPS does before it divides features by their length. An export
 * without it gives NaN wherever all features of a place are 0.
 *
 * @param model serialised ModelProto
 * @throws ProtobufError where it is no protobuf message
 */
export function withEpsilon(model: Uint8Array): Uint8Array {
  return rewritten(model, (number, bytes) =>
    number === graphField ? [field(graphField, graph(bytes))] : null,
  )
}

function graph(message: Uint8Array): Uint8Array {
  const nodes = rewritten(message, (number, bytes) => (number === nodeField ? guarded(bytes) : null))
  const value = new Uint8Array(Float32Array.of(epsilon).buffer)
  // TensorProto: data_type float, name, raw_data; no dims: a scalar.
  const tensor = joined([Uint8Array.of(0x10, 1), field(8, text(epsilonName)), field(9, value)])
  return joined([nodes, field(initializer, tensor)])
}

/** A square root with an addition after it, which takes over the name of its output; null for other nodes. */
function guarded(node: Uint8Array): Uint8Array[] | null {
  const fields = [...protobufFields(node)]
  const named = (wanted: number) => decode(fields.find(({ number }) => number === wanted)?.bytes)
  if (named(opType) !== 'Sqrt') return null
  const output = named(outputField)
  const raw = `${output}_raw`
  const root = rewritten(node, (number) => (number === outputField ? [field(outputField, text(raw))] : null))
  const add = [field(1, text(raw)), field(1, text(epsilonName)), field(outputField, text(output))]
  return [field(nodeField, root), field(nodeField, joined([...add, field(opType, text('Add'))]))]
}

/** The message with some fields replaced; null keeps a field as it is. */
function rewritten(
  message: Uint8Array,
  replace: (number: number, bytes: Uint8Array) => Uint8Array[] | null,
): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  for (const { number, bytes, end } of protobufFields(message)) {
    parts.push(...(replace(number, bytes) ?? [message.subarray(at, end)]))
    at = end
  }
  return joined(parts)
}

/** A length-delimited field. */
function field(number: number, bytes: Uint8Array): Uint8Array {
  const head = [(number << 3) | 2]
  let length = bytes.length
  for (; length > 127; length >>>= 7) head.push((length & 127) | 128)
  head.push(length)
  return joined([Uint8Array.from(head), bytes])
}

function joined(parts: Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

const text = (value: string) => new TextEncoder().encode(value)
const decode = (bytes?: Uint8Array) => new TextDecoder().decode(bytes)
