import { vertexNormals } from '../capture/mesh/normals.ts'
import { smoothSplit, splitLinearly, splitTriangles } from '../capture/mesh/subdivide.ts'
import type { Mesh } from '../face/types.ts'
import { borderLoops } from './border-loops.ts'
import { rimVertices } from './face-rim.ts'
import type { HeadModel } from './head-model.ts'

export interface RestMesh extends Mesh {
  /** V, 0..1: the model's. */
  openness: Float32Array
}

/**
 * The mesh of the rest of a head: every triangle of the model split in four and smoothed (Loop), but that rim and bottom stay
 * where they are, and the rim's edges whole.
 *
 * @param positions V x 3, centimetres: the model's vertices on somebody's head; default: on the mean head
 * @returns the rim's vertices are its first 72; normals there are this side's only
 */
export function restMesh(
  { positions: mean, openness, origin, uv, triangles }: HeadModel,
  positions: ArrayLike<number> = mean,
): RestMesh {
  const surface = triangles.map((v) => origin[v])
  const fixed = new Uint8Array(positions.length / 3)
  for (const v of borderLoops(surface).flat()) fixed[v] = 1
  const split = splitTriangles(surface, fixed.length, alongRim)
  const smooth = smoothSplit(positions, split, fixed)
  const smoothNormals = vertexNormals(smooth, split.triangles)
  const charted = splitTriangles(triangles, origin.length, alongRim)
  const mesh = {
    positions: new Float32Array((origin.length + charted.ends.length / 2) * 3),
    normals: new Float32Array((origin.length + charted.ends.length / 2) * 3),
    uv: splitLinearly(uv, 2, charted),
    openness: splitLinearly(
      Float32Array.from(origin, (v) => openness[v]),
      1,
      charted,
    ),
    triangles: charted.triangles,
  }
  // Both splits list the same corners in the same order, so each layout vertex finds its place in space.
  charted.triangles.forEach((vertex, corner) => {
    const from = 3 * split.triangles[corner]
    mesh.positions.set(smooth.subarray(from, from + 3), 3 * vertex)
    mesh.normals.set(smoothNormals.subarray(from, from + 3), 3 * vertex)
  })
  return mesh
}

/** Are these neighbours on the rim? Its vertices have the same numbers in space and in the layout. */
function alongRim(a: number, b: number): boolean {
  const apart = Math.abs(a - b)
  return a < rimVertices && b < rimVertices && (apart === 1 || apart === rimVertices - 1)
}
