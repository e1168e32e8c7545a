/** Backbone weights as safetensors: an 8-byte length, a JSON header, then the tensors' bytes. */

export interface WeightTensor {
  shape: number[]
  data: Float32Array
}

export interface WeightsFile {
  tensors: Map<string, WeightTensor>
  metadata: Record<string, string>
}

interface HeaderEntry {
  dtype: 'F32' | 'F16' | 'U8'
  shape: number[]
  data_offsets: [number, number]
}

const BYTES = { F32: 4, F16: 2, U8: 1 }

/**
 * Reads all tensors as float32. U8 tensors are dequantised with `<name>.scale` and `<name>.min` of the metadata, where
 * `<name>` is the tensor's name without its last part (`conv2d_1` for `conv2d_1.weight`).
 *
 * @throws Error naming the tensor whose size or range does not fit the file
 */
export function readWeights(file: Uint8Array): WeightsFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const headerLength = file.length >= 8 ? Number(view.getBigUint64(0, true)) : Number.POSITIVE_INFINITY
  if (headerLength > file.length - 8) {
    throw new Error(`The weights file is not safetensors: its header does not fit ${file.length} bytes.`)
  }
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + headerLength)))
  const { __metadata__: metadata = {}, ...entries } = header as Record<string, HeaderEntry> & {
    __metadata__?: Record<string, string>
  }
  const body = file.subarray(8 + headerLength)
  const tensors = new Map<string, WeightTensor>()
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(
    entries as Record<string, HeaderEntry>,
  )) {
    const [start, end] = data_offsets
    const size = shape.reduce((a, b) => a * b, 1)
    if (!(dtype in BYTES) || end - start !== size * BYTES[dtype] || end > body.length) {
      throw new Error(
        `The weights file is damaged: ${name} (${dtype} [${shape}]) claims bytes ${start} to ${end} of ${body.length}.`,
      )
    }
    // A copy of its own: tensors need not be aligned in the file.
    const bytes = Uint8Array.from(body.subarray(start, end))
    tensors.set(name, { shape, data: toFloat(bytes, dtype, name.replace(/\.[^.]*$/, ''), metadata) })
  }
  return { tensors, metadata }
}

function toFloat(
  bytes: Uint8Array,
  dtype: HeaderEntry['dtype'],
  group: string,
  metadata: Record<string, string>,
) {
  if (dtype === 'F32') return new Float32Array(bytes.buffer)
  if (dtype === 'F16') return Float32Array.from(new Uint16Array(bytes.buffer), halfToFloat)
  const scale = Number(metadata[`${group}.scale`])
  const min = Number(metadata[`${group}.min`])
  if (!Number.isFinite(scale) || !Number.isFinite(min)) {
    throw new Error(`The weights file is damaged: ${group} is quantised, but has no scale or min.`)
  }
  return Float32Array.from(bytes, (q) => q * scale + min)
}

/** IEEE 754 binary16. */
function halfToFloat(bits: number): number {
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  const sign = bits & 0x8000 ? -1 : 1
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
