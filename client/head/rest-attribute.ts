import { interpolate, type Raster } from '../capture/mesh/rasterize.ts'
import type { HeadMesh } from './head-mesh.ts'

/**
 * An attribute of the rest's own vertices (`restMesh`) over its texture.
 *
 * @param layout the raster of the whole head in the rest's layout, N x N
 * @param values one for each vertex of the rest
 * @returns N x N, 0 outside the charts
 */
export function restAttribute(head: HeadMesh, layout: Raster, values: Float32Array): Float32Array {
  const all = new Float32Array(head.positions.length / 3)
  all.set(values, head.faceVertices)
  return interpolate(layout, head.triangles, all, 1)
}
