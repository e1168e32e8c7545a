/** One field of a protobuf message: varints and 32-bit values as numbers, length-delimited ones as bytes. */
export interface ProtobufField {
  number: number
  wire: number
  value: number
  bytes: Uint8Array
}

const none = new Uint8Array(0)

/** Walks the fields of a protobuf message (wire types 0, 1, 2 and 5; varints below 2^53). */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
  let at = 0
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(at++)
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  const take = (length: number) => {
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    const wire = tag % 8
    if (wire === 0) yield { number, wire, value: varint(), bytes: none }
    else if (wire === 1) yield { number, wire, value: 0, bytes: take(8) }
    else if (wire === 2) yield { number, wire, value: 0, bytes: take(varint()) }
    else if (wire === 5) yield { number, wire, value: view.getFloat32(at, true), bytes: take(4) }
    else throw new Error(`Not a protobuf message: wire type ${wire} at byte ${at}.`)
  }
}

/** The values of a repeated float field, packed or not. */
export function repeatedFloat(message: Uint8Array, number: number): number[] {
  const values: number[] = []
  for (const field of protobufFields(message)) {
    if (field.number !== number) continue
    const view = new DataView(field.bytes.buffer, field.bytes.byteOffset, field.bytes.byteLength)
    for (let i = 0; i < view.byteLength; i += 4) values.push(view.getFloat32(i, true))
  }
  return values
}

/** The values of a repeated uint32 field, packed or not. */
export function repeatedUint32(message: Uint8Array, number: number): number[] {
  const values: number[] = []
  for (const field of protobufFields(message)) {
    if (field.number !== number) continue
    if (field.wire === 0) values.push(field.value)
    else values.push(...packedVarints(field.bytes))
  }
  return values
}

function packedVarints(bytes: Uint8Array): number[] {
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
