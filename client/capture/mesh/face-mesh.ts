/** The mesh that is textured: the landmarks' mesh, finer and with a mouth. */

import type { Mesh } from '../../face/types.ts'
import { withMouthChart } from './mouth-chart.ts'
import { vertexNormals } from './normals.ts'
import { type Split, splitLinearly, splitTriangles, subdivide } from './subdivide.ts'

/** What is needed of the canonical face model. */
export interface FaceLayout {
  /** 468 x 2, origin top-left. */
  uv: ArrayLike<number>
  /** 898 x 3 */
  tri: ArrayLike<number>
  /** 468: each vertex's left-right partner. */
  mirror: ArrayLike<number>
}

/**
 * Splits the landmarks' mesh and gives it its layout.
 *
 * @param shape 468 x 3, centimetres, head frame: a person's landmarks
 * @returns 1,873 vertices, 3,592 triangles; the landmarks are the first 468 vertices, unmoved. The layout is symmetric
 *   under u -> 1 - u but for the mouth's chart (mouth-chart.ts).
 */
export function faceMesh(shape: ArrayLike<number>, layout: FaceLayout): Mesh {
  const { surface, place, uv, triangles } = faceSplit(layout)
  const smooth = subdivide(shape, surface)
  const smoothNormals = vertexNormals(smooth, surface.triangles)
  return { positions: gather(smooth, place), normals: gather(smoothNormals, place), uv, triangles }
}

/** How the landmarks' mesh becomes the one that is textured. */
export interface FaceSplit {
  /** The surface, which knows no seams of the layout: its first 468 vertices are the landmarks. */
  surface: Split
  /** V: which vertex of the surface each vertex of the mesh is. */
  place: Uint32Array
  /** V x 2 */
  uv: Float32Array
  /** T x 3 */
  triangles: Uint32Array
}

export function faceSplit(layout: FaceLayout): FaceSplit {
  const surface = splitTriangles(layout.tri, layout.mirror.length)
  const chart = withMouthChart(symmetricUv(layout), layout.tri)
  const charted = splitTriangles(chart.triangles, chart.origin.length)
  const uv = splitLinearly(chart.uv, 2, charted)
  // Both splits list the same corners in the same order, so each layout vertex finds its place in space.
  const place = new Uint32Array(uv.length / 2)
  charted.triangles.forEach((vertex, corner) => {
    place[vertex] = surface.triangles[corner]
  })
  return { surface, place, uv, triangles: charted.triangles }
}

/** @param values of the surface, x 3 @returns the same of the mesh's vertices */
export function gather(values: Float32Array, place: Uint32Array): Float32Array {
  const gathered = new Float32Array(3 * place.length)
  place.forEach((from, to) => {
    for (let c = 0; c < 3; c++) gathered[3 * to + c] = values[3 * from + c]
  })
  return gathered
}

/**
 * The model's UVs are symmetric to 0.0012 only: the mean of each vertex and its mirrored partner.
 *
 * @returns V x 2
 */
export function symmetricUv({ uv, mirror }: Pick<FaceLayout, 'uv' | 'mirror'>): Float32Array {
  return Float32Array.from(uv, (value, i) => {
    const partner = uv[2 * mirror[i >> 1] + (i & 1)]
    return i & 1 ? (value + partner) / 2 : (value + 1 - partner) / 2
  })
}
