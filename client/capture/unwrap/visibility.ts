/** Which texels the camera sees, and how squarely. */

import type { Camera } from '../../face/types.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { viewpoint } from '../mesh/camera.ts'
import type { Raster } from '../mesh/rasterize.ts'

/** A point up to this far behind the nearest surface lies on it; share of the inter-ocular distance. */
const bias = 0.03
/** Cosine between normal and view: from unusable to full weight. */
export const squarely = { from: 0.22, to: 0.5 }
/** The same at the sides of small faces: up to `small` pixels between the eyes, less and less up to `large`. */
const moreSquarely = { from: 0.36, to: 0.66 }
/** Photo pixels between the eyes. Of a small face, a pixel that is seen askance is a streak on the texture. */
const small = 80
const large = 200
/** The same where only the light is wanted: streaks do not matter there. */
export const grazing = { from: 0.05, to: 0.3 }

/** How squarely the sides of a face must be seen for their detail to be used. */
export function sideRange(interOcular: number): { from: number; to: number } {
  const share = 1 - smoothstep(small, large, interOcular)
  const mix = (end: 'from' | 'to') => squarely[end] + share * (moreSquarely[end] - squarely[end])
  return { from: mix('from'), to: mix('to') }
}

/** Points of a surface, and where the camera sees them. */
export interface SurfacePoints {
  /** n, not 0 where there is a point. */
  coverage: Uint8Array
  /** n x 3, head frame, centimetres. */
  positions: Float32Array
  /** n x 3, unit normals, head frame. */
  normals: Float32Array
  /** n x 4, as `project` of camera.ts gives them. */
  screen: Float32Array
}

/**
 * How squarely each point is seen: the cosine between its normal and the view, 0 where it faces away, or nearly so, or is hidden
 * behind a nearer part.
 *
 * @param raster the mesh as the camera sees it, in crop pixels; its depth in photo pixels
 * @param crop where the raster lies in the photo: photo px = left + step x raster px
 * @param interOcular photo pixels: the scale of the depth tolerance
 * @returns n, 0..1
 */
export function visibility(
  { coverage, positions, normals, screen }: SurfacePoints,
  camera: Camera,
  raster: Raster,
  crop: { left: number; top: number; step: number },
  interOcular: number,
): Float64Array {
  const seen = new Float64Array(coverage.length)
  const [vx, vy, vz, vw] = viewpoint(camera)
  const { width, height, depth } = raster
  for (let i = 0; i < seen.length; i++) {
    if (!coverage[i]) continue
    const dx = vx - vw * positions[3 * i]
    const dy = vy - vw * positions[3 * i + 1]
    const dz = vz - vw * positions[3 * i + 2]
    const towards = dx * normals[3 * i] + dy * normals[3 * i + 1] + dz * normals[3 * i + 2]
    const cosine = towards / Math.sqrt(dx * dx + dy * dy + dz * dz)
    if (!(cosine > grazing.from)) continue
    const x = Math.floor((screen[4 * i] - crop.left) / crop.step)
    const y = Math.floor((screen[4 * i + 1] - crop.top) / crop.step)
    if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1) continue
    // The nearest of 3 x 3 pixels keeps the rim of an occluder (a nostril's wing) off what is behind it. A slanted
    // surface is nearer than itself there: by 1.5 pixels times its slope.
    let nearest = Number.POSITIVE_INFINITY
    for (let v = y - 1; v <= y + 1; v++)
      for (let u = x - 1; u <= x + 1; u++) nearest = Math.min(nearest, depth[v * width + u])
    const slope = Math.sqrt(1 - Math.min(1, cosine * cosine)) / cosine
    const tolerance = bias * interOcular + 1.5 * crop.step * slope
    if (screen[4 * i + 2] <= nearest + tolerance) seen[i] = cosine
  }
  return seen
}
