/** One tensor of a safetensors file: little-endian data, row-major. */
export interface StoredTensor {
  dtype: 'U8' | 'F16' | 'F32'
  shape: number[]
  /** F16: the numbers' bits. */
  data: Uint8Array | Uint16Array | Float32Array
}

/**
 * Writes the safetensors format: 8 bytes header length, JSON header padded to 8 bytes, then the data, widest type first
 * so that every tensor is aligned to its element.
 *
 * @param metadata strings only, as the format wants; kept under `__metadata__`
 */
export function writeSafetensors(
  tensors: Map<string, StoredTensor>,
  metadata: Record<string, string>,
): Uint8Array {
  const order = [...tensors].sort(([, a], [, b]) => width(b) - width(a))
  const entries: Record<string, unknown> = { __metadata__: metadata }
  let length = 0
  for (const [name, { dtype, shape, data }] of order) {
    entries[name] = { dtype, shape, data_offsets: [length, length + data.byteLength] }
    length += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(entries))
  const start = 8 + Math.ceil(json.length / 8) * 8
  const file = new Uint8Array(start + length).fill(0x20, 8, start)
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true)
  file.set(json, 8)
  let at = start
  for (const [, { data }] of order) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return file
}

function width(tensor: StoredTensor): number {
  return tensor.data.BYTES_PER_ELEMENT
}
