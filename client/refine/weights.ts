/** Backbone weights as safetensors: an 8-byte length, a JSON header, then the tensors' bytes. */

export interface WeightTensor {
  shape: number[]
  data: Float32Array
}

export interface WeightsFile {
  tensors: Map<string, WeightTensor>
  metadata: Record<string, string>
}

/** A tensor as the header describes it; the offsets count from the header's end. */
export interface HeaderEntry {
  dtype: string
  shape: number[]
  data_offsets: [number, number]
}

const bytesOf = { F32: 4, F16: 2, U8: 1 }

/**
 * Reads all tensors as float32. U8 tensors are dequantised with `<name>.scale` and `<name>.min` of the metadata, where
 * `<name>` is the tensor's name without its last part (`conv2d_1` for `conv2d_1.weight`).
 *
 * @param file all of its bytes
 * @throws Error naming the tensor whose size or range does not fit the file
 */
export function readWeights(file: Uint8Array): WeightsFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const headerLength = file.length >= 8 ? Number(view.getBigUint64(0, true)) : Number.POSITIVE_INFINITY
  if (headerLength > file.length - 8) {
    throw new Error(`The weights file is not safetensors: its header does not fit ${file.length} bytes.`)
  }
  const { entries, metadata } = parseHeader(file.subarray(8, 8 + headerLength))
  const body = file.subarray(8 + headerLength)
  const tensors = new Map<string, WeightTensor>()
  let claimed = 0
  for (const [name, { dtype, shape, data_offsets }] of entries) {
    const [start, end] = data_offsets
    const size = shape.reduce((a, b) => a * b, 1)
    if (!isKnown(dtype) || end - start !== size * bytesOf[dtype] || end > body.length) {
      throw new Error(
        `The weights file is damaged: ${name} (${dtype} [${shape.slice(0, 8)}]) claims bytes ${start} to ${end} of ${body.length}.`,
      )
    }
    // Each byte belongs to one tensor: a header that shares them out again and again would fill the memory.
    claimed += size * bytesOf[dtype]
    if (claimed > body.length)
      throw new Error(`The weights file is damaged: its tensors claim more than its ${body.length} bytes.`)
    // A copy of its own: tensors need not be aligned in the file.
    const bytes = new Uint8Array(body.subarray(start, end))
    tensors.set(name, { shape, data: toFloat(bytes, dtype, name.replace(/\.[^.]*$/, ''), metadata) })
  }
  return { tensors, metadata }
}

/**
 * Reads a safetensors header.
 *
 * @param json what follows the 8 bytes of its length
 * @throws Error where it is no JSON, or an entry has no type, shape or range
 */
export function parseHeader(json: Uint8Array): {
  entries: Map<string, HeaderEntry>
  metadata: Record<string, string>
} {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder().decode(json))
  } catch {
    throw new Error('The weights file is damaged: its header is no JSON.')
  }
  const { __metadata__: metadata, ...named } = Object(header) as Record<string, unknown>
  const entries = new Map(Object.entries(named) as [string, HeaderEntry][])
  for (const [name, entry] of entries) {
    const { dtype, shape, data_offsets: offsets } = Object(entry) as Partial<HeaderEntry>
    if (typeof dtype === 'string' && isCounts(shape) && isCounts(offsets) && offsets.length === 2) continue
    throw new Error(`The weights file is damaged: its header gives ${name} no type, shape and range.`)
  }
  return { entries, metadata: Object(metadata ?? {}) }
}

const isKnown = (dtype: string): dtype is keyof typeof bytesOf => Object.hasOwn(bytesOf, dtype)
const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0)

function toFloat(
  bytes: Uint8Array,
  dtype: keyof typeof bytesOf,
  group: string,
  metadata: Record<string, string>,
) {
  if (dtype === 'F32') return new Float32Array(bytes.buffer)
  if (dtype === 'F16') return halvesToFloats(new Uint16Array(bytes.buffer))
  const scale = Number(metadata[`${group}.scale`])
  const min = Number(metadata[`${group}.min`])
  if (!Number.isFinite(scale) || !Number.isFinite(min)) {
    throw new Error(`The weights file is damaged: ${group} is quantised, but has no scale or min.`)
  }
  return Float32Array.from(bytes, (q) => q * scale + min)
}

/** Every IEEE 754 binary16 number by its bits; made when first needed. */
let halves: Float32Array | undefined

/** Numbers of 16 bits as float32. By table, because not every browser has Float16Array: 15 million take a tenth of a second. */
export function halvesToFloats(bits: Uint16Array): Float32Array {
  halves ??= Float32Array.from({ length: 65536 }, (_, half) => halfToFloat(half))
  const floats = new Float32Array(bits.length)
  for (let i = 0; i < bits.length; i++) floats[i] = halves[bits[i]]
  return floats
}

function halfToFloat(bits: number): number {
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  const sign = bits & 0x8000 ? -1 : 1
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
