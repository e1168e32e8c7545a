/** Side of the reduced images that client and worker compare, pixels. Every texture's side is a multiple of it. */
export const comparedSide = 256

/** Reported for identical images, whose PSNR is infinite: JSON has no infinity. dB. */
export const psnrCeiling = 100

/**
 * How faithfully a texture gives back what the photo shows: the texture, averaged over boxes down to 256 x 256, against
 * the photo in UV space, in sRGB, weighted by how well each texel is seen. A claim that whoever has both can recompute.
 *
 * @param texture N x N pixels, sRGB-encoded, 0..255, row-major; N a multiple of 256.
 * @param channels bytes a pixel takes: 3 (RGB) or 4 (alpha is ignored).
 * @param sampled 256 x 256 RGBA, sRGB-encoded, straight alpha: 255 where the photo shows the texel well, 0 where not at all.
 * @returns dB against a peak of 255, at most {@link psnrCeiling}; null where nothing is visible.
 * @throws RangeError where an image has another size.
 */
export function visiblePsnr(
  texture: ArrayLike<number>,
  channels: 3 | 4,
  sampled: ArrayLike<number>,
): number | null {
  const box = Math.sqrt(texture.length / channels) / comparedSide
  if (!Number.isInteger(box) || box === 0) {
    throw new RangeError(
      `A texture of ${texture.length / channels} pixels is not square with a side that is a multiple of ${comparedSide}.`,
    )
  }
  if (sampled.length !== comparedSide * comparedSide * 4) {
    throw new RangeError(
      `What the photo shows takes ${comparedSide} x ${comparedSide} RGBA pixels; ${sampled.length} bytes were given.`,
    )
  }
  const row = box * comparedSide * channels
  let squares = 0
  let weights = 0
  for (let y = 0, at = 0; y < comparedSide; y++) {
    for (let x = 0; x < comparedSide; x++, at += 4) {
      const weight = sampled[at + 3]
      if (weight === 0) continue
      let red = 0
      let green = 0
      let blue = 0
      for (let j = 0; j < box; j++) {
        let from = (y * box + j) * row + x * box * channels
        for (let i = 0; i < box; i++, from += channels) {
          red += texture[from]
          green += texture[from + 1]
          blue += texture[from + 2]
        }
      }
      const area = box * box
      squares +=
        weight *
        ((red / area - sampled[at]) ** 2 +
          (green / area - sampled[at + 1]) ** 2 +
          (blue / area - sampled[at + 2]) ** 2)
      weights += 3 * weight
    }
  }
  if (weights === 0) return null
  return Math.min(psnrCeiling, -10 * Math.log10(squares / weights / 255 ** 2))
}
