/** Square, turned crops of the photo: what the networks look at. */
import type { Photo } from '../../image/photo.ts'

export interface Crop {
  /** Photo pixel at the crop's centre. */
  x: number
  y: number
  /** Side in photo pixels. */
  side: number
  /** Radians, clockwise in the image: where the crop's right points in the photo. */
  angle: number
}

/** Where a crop point (-0.5..0.5 of the side, y down) lies in the photo. */
export function fromCrop({ x, y, side, angle }: Crop, u: number, v: number): [number, number] {
  const [c, s] = [Math.cos(angle) * side, Math.sin(angle) * side]
  return [x + c * u - s * v, y + s * u + c * v]
}

/** Most taps a side of one output pixel; beyond that the crop is sampled more sparsely. */
const mostTaps = 8

/**
 * Resamples a crop: averages where it shrinks, black beyond the photo's border.
 *
 * @returns size x size x 3, sRGB-encoded, 0..1
 */
export function sampleCrop(photo: Photo, crop: Crop, size: number): Float32Array {
  const { width, height, data } = photo
  const taps = Math.min(mostTaps, Math.max(1, Math.round(crop.side / size)))
  const out = new Float32Array(3 * size * size)
  const share = 1 / (255 * taps * taps)
  const [c, s] = [Math.cos(crop.angle) * crop.side, Math.sin(crop.angle) * crop.side]
  for (let row = 0, k = 0; row < size; row++) {
    for (let column = 0; column < size; column++, k += 3) {
      let red = 0
      let green = 0
      let blue = 0
      for (let a = 0; a < taps; a++) {
        const v = (row + (a + 0.5) / taps) / size - 0.5
        for (let b = 0; b < taps; b++) {
          const u = (column + (b + 0.5) / taps) / size - 0.5
          const x = Math.floor(crop.x + c * u - s * v)
          const y = Math.floor(crop.y + s * u + c * v)
          if (x < 0 || y < 0 || x >= width || y >= height) continue
          const from = 4 * (y * width + x)
          red = Math.fround(red + data[from] * share)
          green = Math.fround(green + data[from + 1] * share)
          blue = Math.fround(blue + data[from + 2] * share)
        }
      }
      out[k] = red
      out[k + 1] = green
      out[k + 2] = blue
    }
  }
  return out
}

/**
 * What {@link sampleCrop} gives for the same crop turned by another clockwise quarter turn.
 *
 * @param image size x size x 3
 * @returns size x size x 3
 */
export function quarterTurned(image: Float32Array, size: number): Float32Array {
  const turned = new Float32Array(image.length)
  for (let row = 0, k = 0; row < size; row++) {
    for (let column = 0; column < size; column++, k += 3) {
      const from = 3 * (column * size + size - 1 - row)
      for (let c = 0; c < 3; c++) turned[k + c] = image[from + c]
    }
  }
  return turned
}
