/** Looking up pixels of photos and textures. */

import type { Photo } from './photo.ts'

/** At most this many samples per texel and axis: photos of up to 16 pixels per texel are averaged without gaps. */
const maxSamples = 16

/**
 * The photo in a crop's or a texture's grid: each point is the mean over its footprint, so that a large photo does not
 * alias. Bilinear between photo pixels, whose centres lie at (i + 0.5, j + 0.5); the border pixels go on outside.
 *
 * @param points n x 2 photo pixels; `stride` numbers apart
 * @param footprint where the point's pixel spreads to: n x 4, photo pixels along the grid's x (dx, dy) and y (dx, dy)
 * @param use n, points with 0 stay 0
 * @returns n x 3, sRGB-encoded, 0..1
 */
export function samplePhoto(
  photo: Photo,
  points: Float32Array,
  stride: number,
  footprint: Float32Array,
  use: ArrayLike<number>,
): Float32Array {
  const result = new Float32Array(use.length * 3)
  const colour = new Float64Array(3)
  for (let i = 0; i < use.length; i++) {
    if (!use[i]) continue
    const ax = footprint[4 * i]
    const ay = footprint[4 * i + 1]
    const bx = footprint[4 * i + 2]
    const by = footprint[4 * i + 3]
    const na = samples(ax, ay)
    const nb = samples(bx, by)
    colour.fill(0)
    for (let b = 0; b < nb; b++) {
      const tb = (b + 0.5) / nb - 0.5
      for (let a = 0; a < na; a++) {
        const ta = (a + 0.5) / na - 0.5
        addPixel(
          photo,
          points[stride * i] + ta * ax + tb * bx,
          points[stride * i + 1] + ta * ay + tb * by,
          colour,
        )
      }
    }
    for (let c = 0; c < 3; c++) result[3 * i + c] = colour[c] / (255 * na * nb)
  }
  return result
}

const samples = (dx: number, dy: number) =>
  Math.min(maxSamples, Math.max(1, Math.ceil(Math.sqrt(dx * dx + dy * dy) - 0.1)))

function addPixel({ data, width, height }: Photo, x: number, y: number, colour: Float64Array) {
  const px = Math.min(width - 1, Math.max(0, x - 0.5))
  const py = Math.min(height - 1, Math.max(0, y - 0.5))
  const x0 = Math.floor(px)
  const y0 = Math.floor(py)
  const fx = px - x0
  const fy = py - y0
  const a = 4 * (y0 * width + x0)
  const b = x0 + 1 < width ? a + 4 : a
  const below = y0 + 1 < height ? 4 * width : 0
  for (let c = 0; c < 3; c++) {
    const upper = data[a + c] + fx * (data[b + c] - data[a + c])
    const lower = data[a + below + c] + fx * (data[b + below + c] - data[a + below + c])
    colour[c] += upper + fy * (lower - upper)
  }
}

/**
 * One bilinear value of a square or rectangular image; texel centres at (i + 0.5, j + 0.5), border texels go on outside.
 *
 * @param image height x width x channels
 * @param x pixels, as `y`
 */
export function bilinear(
  image: Float32Array,
  width: number,
  height: number,
  channels: number,
  channel: number,
  x: number,
  y: number,
): number {
  const px = Math.min(width - 1, Math.max(0, x - 0.5))
  const py = Math.min(height - 1, Math.max(0, y - 0.5))
  const x0 = Math.floor(px)
  const y0 = Math.floor(py)
  const fx = px - x0
  const fy = py - y0
  const a = (y0 * width + x0) * channels + channel
  const right = x0 + 1 < width ? channels : 0
  const below = y0 + 1 < height ? width * channels : 0
  const upper = image[a] + fx * (image[a + right] - image[a])
  const lower = image[a + below] + fx * (image[a + below + right] - image[a + below])
  return upper + fy * (lower - upper)
}

/**
 * How far apart neighbouring grid points land in the photo. Of the two neighbours on an axis the nearer one counts, so
 * that a seam between two charts does not look like a large pixel.
 *
 * @param points width x height x stride, photo pixels first
 * @param coverage not 0 where there is a point
 * @returns n x 4, as samplePhoto takes them
 */
export function footprints(
  points: Float32Array,
  stride: number,
  coverage: ArrayLike<number>,
  width: number,
): Float32Array {
  const result = new Float32Array(coverage.length * 4)
  const measure = (i: number, neighbour: number, sign: number, o: number) => {
    if (!coverage[neighbour]) return
    const dx = sign * (points[stride * neighbour] - points[stride * i])
    const dy = sign * (points[stride * neighbour + 1] - points[stride * i + 1])
    const known = result[o] ** 2 + result[o + 1] ** 2
    if (known > 0 && known <= dx * dx + dy * dy) return
    result[o] = dx
    result[o + 1] = dy
  }
  for (let i = 0; i < coverage.length; i++) {
    if (!coverage[i]) continue
    const x = i % width
    if (x + 1 < width) measure(i, i + 1, 1, 4 * i)
    if (x > 0) measure(i, i - 1, -1, 4 * i)
    if (i + width < coverage.length) measure(i, i + width, 1, 4 * i + 2)
    if (i >= width) measure(i, i - width, -1, 4 * i + 2)
  }
  return result
}
