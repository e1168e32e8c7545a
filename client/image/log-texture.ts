/** Textures in the log domain, where shading is a sum and a seam between lit and shaded skin a constant. */

/** Offset on the scale 0..255 that keeps sensor noise in the darks small. */
const offset = 8

const dark = Math.log(offset)

/** ln(255 x + 8), element by element. @param texture any shape, sRGB-encoded, 0..1 */
export function toLog(texture: Float32Array): Float32Array {
  // Much of a photo laid out is 0: not seen.
  const log = new Float32Array(texture.length)
  for (let k = 0; k < log.length; k++) log[k] = texture[k] === 0 ? dark : logOf(texture[k])
  return log
}

/** {@link toLog} of one number. */
export function logOf(value: number): number {
  return Math.log(255 * value + offset)
}

/** Inverse of {@link toLog}; not clamped to 0..1. */
export function fromLog(value: number): number {
  return (Math.exp(value) - offset) / 255
}

/**
 * The mean colour of the square about a texel, log domain, as far as the texture reaches.
 *
 * @param texture size x size x 3, sRGB-encoded, 0..1
 * @param radius texels to each side
 */
export function meanLog(texture: Float32Array, size: number, x: number, y: number, radius: number): number[] {
  const sums = [0, 0, 0]
  let count = 0
  for (let row = Math.max(0, y - radius); row <= Math.min(size - 1, y + radius); row++)
    for (let column = Math.max(0, x - radius); column <= Math.min(size - 1, x + radius); column++) {
      const i = 3 * (row * size + column)
      for (let c = 0; c < 3; c++) sums[c] += Math.log(255 * texture[i + c] + offset)
      count++
    }
  return sums.map((sum) => sum / Math.max(1, count))
}

/** The texture with left and right swapped (u -> 1 - u). @param texture size x size x channels */
export function mirrorTexture<T extends Float32Array | Uint8Array>(
  texture: T,
  size: number,
  channels: number,
): T {
  const result = texture.slice() as T
  for (let y = 0; y < size; y++) {
    let from = (y + 1) * size * channels
    for (let to = y * size * channels; to < (y + 1) * size * channels; to += channels) {
      from -= channels
      for (let c = 0; c < channels; c++) result[to + c] = texture[from + c]
    }
  }
  return result
}
