/** The photo around the face, and where each of its pixels lies in UV. */

import { shownFrom } from '../../face/confidence.ts'
import type { FaceView, Mesh } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { bilinear, samplePhoto } from '../../image/sample.ts'
import { interpolate, type Raster, rasterize } from '../mesh/rasterize.ts'

export type Crop = Pick<FaceView, 'left' | 'top' | 'size' | 'step'>

/** A mesh on the photo, in pixels of a crop. */
export interface SeenMesh {
  crop: Crop
  /** Of {@link rasterizeCrop}. */
  raster: Raster
  /** P x P, 0..1, of trust.ts */
  trust: Float32Array
}

/** Free space around the mesh, share of its greater extent on each side. */
const margin = 0.06

/** The square of `size` x `size` pixels around a mesh. @param screen V x 4, photo pixels, as `project` gives them */
export function cropAround(screen: Float32Array, size: number): Crop {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let v = 0; v < screen.length; v += 4) {
    if (!(screen[v + 3] > 0)) continue
    for (let c = 0; c < 2; c++) {
      low[c] = Math.min(low[c], screen[v + c])
      high[c] = Math.max(high[c], screen[v + c])
    }
  }
  const side = Math.max(high[0] - low[0], high[1] - low[1]) * (1 + 2 * margin)
  return {
    left: (low[0] + high[0] - side) / 2,
    top: (low[1] + high[1] - side) / 2,
    size,
    step: side / size,
  }
}

/** The mesh in pixels of the crop, depth as the camera's. @param screen V x 4, photo pixels, as `project` gives them */
export function rasterizeCrop(
  screen: Float32Array,
  { triangles }: Mesh,
  { left, top, size, step }: Crop,
): Raster {
  const scaled = screen.map((value, i) =>
    i % 4 === 0 ? (value - left) / step : i % 4 === 1 ? (value - top) / step : value,
  )
  return rasterize(scaled, triangles, size, size, { cull: true })
}

/**
 * The photo in the crop, and where each of its pixels lies in UV.
 *
 * @param weight N x N, 0..1: the texels' weights
 */
export function faceView(
  photo: Photo,
  mesh: Mesh,
  { crop, raster, trust }: SeenMesh,
  weight: Float32Array,
): FaceView {
  const { left, top, size, step } = crop
  const uv = interpolate(raster, mesh.triangles, mesh.uv, 2)
  const points = new Float32Array(size * size * 2)
  const footprint = new Float32Array(size * size * 4)
  for (let i = 0; i < size * size; i++) {
    points[2 * i] = left + ((i % size) + 0.5) * step
    points[2 * i + 1] = top + (Math.floor(i / size) + 0.5) * step
    footprint[4 * i] = footprint[4 * i + 3] = step
  }
  const texels = Math.sqrt(weight.length)
  const mask = trust.map((value, i) => {
    if (raster.triangle[i] < 0 || value < 0.5) return 0
    const known = bilinear(weight, texels, texels, 1, 0, uv[2 * i] * texels, uv[2 * i + 1] * texels)
    return known > shownFrom ? 1 : 0
  })
  const everywhere = new Uint8Array(size * size).fill(1)
  return { ...crop, photo: samplePhoto(photo, points, 2, footprint, everywhere), uv, mask }
}
