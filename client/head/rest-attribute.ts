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
  return interpolate(layout, head.triangles, onWholeHead(head, values), 1)
}

/** V: an attribute of the rest's own vertices, as one of all the head's; 0 on the face. */
export function onWholeHead(head: HeadMesh, values: Float32Array): Float32Array {
  const all = new Float32Array(head.positions.length / 3)
  all.set(values, head.faceVertices)
  return all
}
