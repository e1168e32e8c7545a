/** 8-bit pixels, row-major, first row at the top: RGBA, sRGB-encoded, opaque. `height * width * 4`. */
export interface TexturePixels {
  width: number
  height: number
  data: Uint8ClampedArray<ArrayBuffer>
}

/** What a platform does with image files: canvas-codec.ts in browsers, sharp-codec.ts in Node. */
export interface ImageCodec {
  /**
   * The pixels of a face's texture file (PNG or WebP) as they are stored.
   * @throws Error where the file cannot be decoded or is not square
   */
  decode(file: Uint8Array<ArrayBuffer>): Promise<TexturePixels>
  /**
   * A lossy WebP file.
   * @throws Error where the platform cannot write WebP
   */
  webp(pixels: TexturePixels): Promise<Uint8Array<ArrayBuffer>>
}

/** Of 100. Skin shows no blocks from 90 on; above 95 files grow without a visible gain. */
export const webpQuality = 95

/** @param texture height x width x 3, sRGB-encoded, 0..1 */
export function pixelsOf(texture: Float32Array, width: number): TexturePixels {
  const height = texture.length / 3 / width
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let i = 0, from = 0; from < texture.length; i += 4, from += 3) {
    for (let c = 0; c < 3; c++) data[i + c] = Math.round(texture[from + c] * 255)
  }
  return { width, height, data }
}

/** The inverse of {@link pixelsOf}, within rounding; alpha is left out. */
export function textureOf({ width, height, data }: TexturePixels): Float32Array {
  const texture = new Float32Array(width * height * 3)
  for (let i = 0, to = 0; to < texture.length; i += 4, to += 3) {
    for (let c = 0; c < 3; c++) texture[to + c] = data[i + c] / 255
  }
  return texture
}

/** @throws Error where a face's texture file is not square */
export function requireSquare(width: number, height: number): void {
  if (width === height) return
  throw new Error(`A texture is square; the file has ${width} x ${height} pixels.`)
}
