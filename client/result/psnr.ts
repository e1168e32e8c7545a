import { psnrCeiling } from '../../worker/contract/visible-psnr.ts'
import type { FaceView } from '../face/types.ts'

/**
 * How faithfully a texture gives back the photo it came from: peak signal-to-noise ratio of the texture, looked up
 * bilinearly at the view's UVs (the fixed-geometry renderer of refine/renderer.ts), against the photo, inside the mask.
 *
 * @param view P x P crop of the photo with the UV and trust of each pixel.
 * @param texture N x N x 3, sRGB-encoded, 0..1.
 * @returns dB against a peak of 1, at most {@link psnrCeiling}; null where the mask is empty.
 */
export function renderedPsnr(
  view: Pick<FaceView, 'photo' | 'uv' | 'mask'>,
  texture: Float32Array,
): number | null {
  const size = Math.sqrt(texture.length / 3)
  if (!Number.isInteger(size) || size === 0) {
    throw new RangeError(`A texture is N x N x 3 values; ${texture.length} values are no square RGB image.`)
  }
  let squares = 0
  let weights = 0
  for (let i = 0; i < view.mask.length; i++) {
    const weight = view.mask[i]
    if (!(weight > 0)) continue
    // Texel centres lie at (i + 0.5) / N; beyond the outermost centres the border texel goes on.
    const x = clamp(view.uv[2 * i] * size - 0.5, 0, size - 1)
    const y = clamp(view.uv[2 * i + 1] * size - 0.5, 0, size - 1)
    const x0 = Math.floor(x)
    const y0 = Math.floor(y)
    const fx = x - x0
    const fy = y - y0
    const right = x0 < size - 1 ? 3 : 0
    const down = y0 < size - 1 ? 3 * size : 0
    for (let c = 0; c < 3; c++) {
      const at = 3 * (y0 * size + x0) + c
      const top = texture[at] * (1 - fx) + texture[at + right] * fx
      const bottom = texture[at + down] * (1 - fx) + texture[at + down + right] * fx
      const error = top * (1 - fy) + bottom * fy - view.photo[3 * i + c]
      squares += weight * error * error
    }
    weights += 3 * weight
  }
  if (weights === 0) return null
  return Math.min(psnrCeiling, -10 * Math.log10(squares / weights))
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value
}
