import { parseHeader } from '../../client/refine/weights.ts'
import type { ByteSource } from './source.ts'
import { countOf, decodeFloats, type FileTensor, type FloatType, floatBytes } from './tensor.ts'
import { UnusableFile } from './unusable.ts'

const mostHeaderBytes = 2 ** 24

/** The bytes of the header of what looks like a safetensors file; undefined where it looks like none. */
export function safetensorsHeaderBytes(source: ByteSource): number | undefined {
  if (source.size < 10) return undefined
  const head = source.read(0, 9)
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true)
  return head[8] === '{'.charCodeAt(0) && length < 2n ** 32n ? Number(length) : undefined
}

/**
 * The floating-point tensors of a safetensors file.
 *
 * @throws UnusableFile
 */
export function safetensorsTensors(source: ByteSource): Map<string, FileTensor> {
  const headerBytes = safetensorsHeaderBytes(source)!
  if (headerBytes > mostHeaderBytes || 8 + headerBytes > source.size) {
    throw new UnusableFile(
      `is no whole safetensors file (its header of ${headerBytes} bytes does not fit ${source.size} bytes)`,
    )
  }
  const start = 8 + headerBytes
  const tensors = new Map<string, FileTensor>()
  for (const [name, { dtype, shape, data_offsets }] of headerOf(source.read(8, headerBytes))) {
    const [from, to] = data_offsets
    const values = async () => {
      const count = countOf(shape)
      if (!isFloat(dtype)) {
        throw new UnusableFile(
          `stores ${name} as ${dtype.slice(0, 20)} where ${Object.keys(floatBytes).join(', ')} were expected`,
          'convert it to one of these',
        )
      }
      if (to - from !== count * floatBytes[dtype]) {
        throw new UnusableFile(
          `is a damaged safetensors file (${name}, ${dtype} [${shape.slice(0, 8)}], claims bytes ${from} to ${to})`,
        )
      }
      return decodeFloats(source.read(start + from, to - from), dtype)
    }
    if (start + to > source.size) {
      throw new UnusableFile(
        `is no whole safetensors file (it has ${source.size} bytes and needs ${start + to} or more)`,
      )
    }
    tensors.set(name, { shape, values })
  }
  return tensors
}

function headerOf(json: Uint8Array) {
  try {
    return parseHeader(json).entries
  } catch {
    throw new UnusableFile('is a damaged safetensors file (its header is no JSON that describes tensors)')
  }
}

const isFloat = (dtype: string): dtype is FloatType => Object.hasOwn(floatBytes, dtype)
