/** A texture ready to be shown: RGBA, sRGB-encoded, `size * size * 4`. */
export interface Pixels {
  size: number
  data: Uint8ClampedArray<ArrayBuffer>
}

/** @param texture N x N x 3, 0..1 */
export function toPixels(texture: Float32Array): Pixels {
  const texels = texture.length / 3
  const data = new Uint8ClampedArray(texels * 4)
  for (let i = 0; i < texels; i++) {
    data[i * 4] = texture[i * 3] * 255
    data[i * 4 + 1] = texture[i * 3 + 1] * 255
    data[i * 4 + 2] = texture[i * 3 + 2] * 255
    data[i * 4 + 3] = 255
  }
  return { size: Math.sqrt(texels), data }
}
