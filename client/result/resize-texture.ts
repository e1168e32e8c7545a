import { resize } from '../image/resize.ts'
import { toEncoded, toLinear } from '../image/srgb.ts'

/** Sides that a texture is written at besides its own, texels. */
export const exportSizes = [512, 1024, 2048] as const

/**
 * A texture with another number of texels a side.
 *
 * Larger: Lanczos with three lobes on the encoded values, each value kept between the two texels beside it along that
 * axis. On encoded values, because in linear light a dark texel beside a highlight (the catchlight in a pupil)
 * undershoots far more than the eye forgives; kept between, because a face needs no halos along its lips. A halved
 * texture comes back at 50.1 dB this way, at 49.9 dB in linear light, at 49.6 dB by Catmull and Rom and bilinearly at
 * 47.6 dB (the sample photo's, 512 px).
 *
 * Smaller: means over areas in linear light, as a camera with fewer pixels would have seen it.
 *
 * Charts are padded (image/pad.ts), so that what lies beyond their border is of their own colour and nothing bleeds in.
 *
 * @param texture size x size x 3, sRGB-encoded, 0..1
 * @returns newSize x newSize x 3; the texture itself where the size stays
 * @throws RangeError where the texture has another size, or the new one is no whole number from 1 to 4096
 */
export function resizeTexture(texture: Float32Array, size: number, newSize: number): Float32Array {
  if (texture.length !== size * size * 3) {
    throw new RangeError(
      `A texture of ${size} x ${size} texels has ${size * size * 3} values; ${texture.length} were given.`,
    )
  }
  if (!Number.isInteger(newSize) || newSize < 1 || newSize > 4096) {
    throw new RangeError(
      `A texture cannot have ${newSize} texels a side: take a whole number, as ${exportSizes.join(', ')}.`,
    )
  }
  if (newSize === size) return texture
  if (newSize < size) return resize(texture.map(toLinear), size, size, 3, newSize, newSize).map(toEncoded)
  // Rows first, then columns: what was a row of the result is a column of the second pass.
  return enlargeRows(enlargeRows(texture, size, size, newSize), newSize, size, newSize)
}

/**
 * Enlarges each row and transposes: the result's rows are the image's columns.
 *
 * @param image height x width x 3 @returns newWidth x height x 3
 */
function enlargeRows(image: Float32Array, height: number, width: number, newWidth: number): Float32Array {
  const result = new Float32Array(newWidth * height * 3)
  for (let x = 0; x < newWidth; x++) {
    const centre = ((x + 0.5) * width) / newWidth - 0.5
    const start = Math.floor(centre)
    const index = [-2, -1, 0, 1, 2, 3].map((k) => 3 * Math.min(width - 1, Math.max(0, start + k)))
    const lobes = [-2, -1, 0, 1, 2, 3].map((k) => lanczos3(centre - start - k))
    const sum = lobes.reduce((total, lobe) => total + lobe, 0)
    const [w0, w1, w2, w3, w4, w5] = lobes.map((lobe) => lobe / sum)
    for (let y = 0, to = 3 * x * height; y < height; y++) {
      for (let c = 0, row = 3 * y * width; c < 3; c++, row++, to++) {
        const left = image[row + index[2]]
        const right = image[row + index[3]]
        const outer = w0 * image[row + index[0]] + w1 * image[row + index[1]]
        const value = outer + w2 * left + w3 * right + w4 * image[row + index[4]] + w5 * image[row + index[5]]
        result[to] = Math.min(Math.max(left, right), Math.max(Math.min(left, right), value))
      }
    }
  }
  return result
}

function lanczos3(t: number): number {
  if (t === 0) return 1
  if (Math.abs(t) >= 3) return 0
  const x = Math.PI * t
  return (3 * Math.sin(x) * Math.sin(x / 3)) / (x * x)
}
