/** The largest number that float16 holds. */
export const largestHalf = 65504

/**
 * Numbers as IEEE 754 binary16, rounded to the nearest and to even where two are as near. What rounds beyond
 * {@link largestHalf} becomes infinite.
 */
export function floatsToHalves(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length)
  const halves = new Uint16Array(bits.length)
  for (let i = 0; i < bits.length; i++) {
    halves[i] = ((bits[i] >>> 16) & 0x8000) | magnitude(bits[i] & 0x7fffffff)
  }
  return halves
}

/** Bits of the half next to a float32 without its sign. */
function magnitude(float: number): number {
  if (float > 0x7f800000) return 0x7e00 // NaN
  // 65520 lies midway between the largest half and what would follow.
  if (float >= 0x477ff000) return 0x7c00
  if (float >= 0x38800000) {
    // 13 of 23 bits of the fraction go; the exponent's bias shrinks from 127 to 15. A carry runs into the exponent.
    return (float + 0xfff + ((float >>> 13) & 1) - (112 << 23)) >>> 13
  }
  if (float < 0x33000000) return 0 // less than half of the smallest subnormal
  // Subnormal: the whole fraction, its leading one included, in units of 2^-24.
  const shift = 126 - (float >>> 23)
  const fraction = (float & 0x7fffff) | 0x800000
  const rest = fraction & ((1 << shift) - 1)
  const half = 1 << (shift - 1)
  const whole = fraction >>> shift
  return whole + (rest > half || (rest === half && whole & 1) ? 1 : 0)
}
