import { halvesToFloats } from '../../client/refine/weights.ts'
import { UnusableFile } from './unusable.ts'

/** A tensor of a weights file, whose values are read when they are asked for. */
export interface FileTensor {
  shape: number[]
  /**
   * The values row-major, as many as the shape says.
   * @throws UnusableFile
   */
  values(): Promise<Float32Array>
}

/** How floating-point numbers are stored, always little-endian. */
export type FloatType = 'F64' | 'F32' | 'F16' | 'BF16'

export const floatBytes: Record<FloatType, number> = { F64: 8, F32: 4, F16: 2, BF16: 2 }

/** Most values that one tensor may have; the published network's largest has 2.4 million. */
export const mostValues = 2 ** 24

/**
 * How many values a shape holds.
 *
 * @throws UnusableFile where there are more than a convolution of VGG16 can need
 */
export function countOf(shape: number[]): number {
  const count = shape.reduce((a, b) => a * b, 1)
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0) || count > mostValues) {
    throw new UnusableFile(
      `has a tensor of shape [${shape.slice(0, 8)}] where one of at most ${mostValues} values was expected`,
      'give the weights of VGG16',
    )
  }
  return count
}

/** Decodes stored numbers; a value that float32 can't hold becomes infinite. */
export function decodeFloats(bytes: Uint8Array, type: FloatType): Float32Array {
  // A copy where the bytes are not aligned to their numbers.
  const { buffer, byteOffset, length } = bytes.byteOffset % floatBytes[type] ? new Uint8Array(bytes) : bytes
  const count = length / floatBytes[type]
  switch (type) {
    case 'F64':
      return Float32Array.from(new Float64Array(buffer, byteOffset, count))
    case 'F32':
      return new Float32Array(buffer as ArrayBuffer, byteOffset, count)
    case 'F16':
      return halvesToFloats(new Uint16Array(buffer, byteOffset, count))
    case 'BF16': {
      // The upper half of a float32.
      const bits = new Uint32Array(new Uint16Array(buffer, byteOffset, count))
      return new Float32Array(bits.map((upper) => upper << 16).buffer)
    }
  }
}
