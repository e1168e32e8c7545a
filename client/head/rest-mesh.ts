import { gather } from '../capture/mesh/face-mesh.ts'
import { vertexNormals } from '../capture/mesh/normals.ts'
import { type Split, smoothSplit, splitLinearly, splitTriangles } from '../capture/mesh/subdivide.ts'
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
export function restMesh(model: HeadModel, positions: ArrayLike<number> = model.positions): RestMesh {
  const { openness, origin } = model
  const { surface, fixed, place, charted, uv } = restSplit(model)
  const smooth = smoothSplit(positions, surface, fixed)
  return {
    positions: gather(smooth, place),
    normals: gather(vertexNormals(smooth, surface.triangles), place),
    uv,
    openness: splitLinearly(
      Float32Array.from(origin, (v) => openness[v]),
      1,
      charted,
    ),
    triangles: charted.triangles,
  }
}

/** How the model's vertices become the mesh of the rest. */
export interface RestSplit {
  /** The surface, which knows no seams of the layout. */
  surface: Split
  /** Of the model's vertices not 0 where one stays where it is. */
  fixed: Uint8Array
  /** V: which vertex of the surface each vertex of the mesh is. */
  place: Uint32Array
  charted: Split
  /** V x 2 */
  uv: Float32Array
}

export function restSplit({ positions, origin, uv, triangles }: HeadModel): RestSplit {
  const corners = triangles.map((v) => origin[v])
  const fixed = new Uint8Array(positions.length / 3)
  for (const v of borderLoops(corners).flat()) fixed[v] = 1
  const surface = splitTriangles(corners, fixed.length, alongRim)
  const charted = splitTriangles(triangles, origin.length, alongRim)
  const place = new Uint32Array(origin.length + charted.ends.length / 2)
  // Both splits list the same corners in the same order, so each layout vertex finds its place in space.
  charted.triangles.forEach((vertex, corner) => {
    place[vertex] = surface.triangles[corner]
  })
  return { surface, fixed, place, charted, uv: splitLinearly(uv, 2, charted) }
}

/** Are these neighbours on the rim? Its vertices have the same numbers in space and in the layout. */
function alongRim(a: number, b: number): boolean {
  const apart = Math.abs(a - b)
  return a < rimVertices && b < rimVertices && (apart === 1 || apart === rimVertices - 1)
}
