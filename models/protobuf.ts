import { type ByteSource, bytesSource } from './weights/source.ts'

/** One field of a protobuf message: a varint or a 32-bit value as a number, a length-delimited one by where it lies. */
export interface ProtobufSpan {
  number: number
  wire: number
  value: number
  start: number
  end: number
}

export interface ProtobufField extends ProtobufSpan {
  bytes: Uint8Array
}

/** Bytes that are no protobuf message. */
export class ProtobufError extends Error {}

/** Walks the fields of a protobuf message (wire types 0, 1, 2 and 5; varints exact below 2^53). */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField> {
  for (const span of protobufSpans(bytesSource(message), 0, message.length)) {
    yield { ...span, bytes: message.subarray(span.start, span.end) }
  }
}

/**
 * Walks the fields of a message that lies from `start` to `end` of a source, reading nothing but their heads.
 *
 * @throws ProtobufError where a field leaves the message or is of no known type
 */
export function* protobufSpans(source: ByteSource, start: number, end: number): Generator<ProtobufSpan> {
  let at = start
  while (at < end) {
    // A tag and a varint take ten bytes each at most.
    const head = source.read(at, Math.min(20, end - at))
    const [tag, tagBytes] = varint(head, 0, at)
    const number = Math.floor(tag / 8)
    const wire = tag % 8
    let value = 0
    let from = at + tagBytes
    let to = from
    if (wire === 0) {
      const [found, bytes] = varint(head, tagBytes, at)
      value = found
      to = from += bytes
    } else if (wire === 1) to = from + 8
    else if (wire === 2) {
      const [length, bytes] = varint(head, tagBytes, at)
      from += bytes
      to = from + length
    } else if (wire === 5) to = from + 4
    else throw new ProtobufError(`wire type ${wire} at byte ${at}`)
    if (to > end) throw new ProtobufError(`field ${number} at byte ${at} claims bytes up to ${to} of ${end}`)
    if (wire === 5) value = new DataView(head.buffer, head.byteOffset).getFloat32(tagBytes, true)
    yield { number, wire, value, start: from, end: to }
    at = to
  }
}

/** A varint and its length. */
function varint(head: Uint8Array, start: number, at: number): [number, number] {
  let value = 0
  let scale = 1
  for (let i = start; i < head.length && i < start + 10; i++, scale *= 128) {
    value += (head[i] & 127) * scale
    if (head[i] < 128) return [value, i + 1 - start]
  }
  throw new ProtobufError(`a number breaks off at byte ${at}`)
}

/** The values of a repeated float field, packed or not. */
export function repeatedFloat(message: Uint8Array, number: number): number[] {
  const values: number[] = []
  for (const field of protobufFields(message)) {
    if (field.number !== number) continue
    const view = new DataView(field.bytes.buffer, field.bytes.byteOffset, field.bytes.byteLength)
    for (let i = 0; i + 4 <= view.byteLength; i += 4) values.push(view.getFloat32(i, true))
  }
  return values
}

/** The values of a repeated uint32 field, packed or not. */
export function repeatedUint32(message: Uint8Array, number: number): number[] {
  const values: number[] = []
  for (const field of protobufFields(message)) {
    if (field.number !== number) continue
    if (field.wire === 0) values.push(field.value)
    else for (const value of packedVarints(field.bytes)) values.push(value)
  }
  return values
}

/** The numbers that follow each other in a packed field. */
export function packedVarints(bytes: Uint8Array): number[] {
  const values: number[] = []
  let value = 0
  let scale = 1
  for (const byte of bytes) {
    value += (byte & 127) * scale
    scale *= 128
    if (byte >= 128) continue
    values.push(value)
    value = 0
    scale = 1
  }
  return values
}
