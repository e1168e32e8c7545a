/**
 * A texture ready to be shown: RGBA, sRGB-encoded, row by row. A face's is square, a head's (`headAtlas`) twice as wide as high.
 */
export interface Pixels {
  /** Rows. */
  size: number
  data: Uint8ClampedArray<ArrayBuffer>
}

/** Pixels of a row. */
export const widthOf = ({ size, data }: Pixels) => data.length / 4 / size

/**
 * @param texture size x width x 3, 0..1
 * @param size rows; default: as many as columns
 */
export function toPixels(texture: Float32Array, size = Math.sqrt(texture.length / 3)): Pixels {
  const texels = texture.length / 3
  const data = new Uint8ClampedArray(texels * 4)
  for (let i = 0; i < texels; i++) {
    // Rounded as in the PNG files (`toBytes`), from which they are read again.
    for (let c = 0; c < 3; c++) data[i * 4 + c] = Math.round(texture[i * 3 + c] * 255)
    data[i * 4 + 3] = 255
  }
  return { size, data }
}

/** The inverse of {@link toPixels}, within rounding; alpha is left out. @returns size x width x 3, 0..1 */
export function fromPixels({ data }: Pixels): Float32Array {
  const texture = new Float32Array((data.length / 4) * 3)
  for (let i = 0, to = 0; to < texture.length; i += 4, to += 3) {
    for (let c = 0; c < 3; c++) texture[to + c] = data[i + c] / 255
  }
  return texture
}
