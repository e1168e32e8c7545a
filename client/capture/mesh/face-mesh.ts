/** The mesh that is textured: the landmarks' mesh, finer and with a mouth. */

import type { Mesh } from '../../face/types.ts'
import { withMouthChart } from './mouth-chart.ts'
import { vertexNormals } from './normals.ts'
import { splitLinearly, splitTriangles, subdivide } from './subdivide.ts'

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
  const surface = splitTriangles(layout.tri, shape.length / 3)
  const smooth = subdivide(shape, surface)
  const smoothNormals = vertexNormals(smooth, surface.triangles)
  const chart = withMouthChart(symmetricUv(layout), layout.tri)
  const charted = splitTriangles(chart.triangles, chart.origin.length)
  const uv = splitLinearly(chart.uv, 2, charted)
  // Both splits list the same corners in the same order, so each layout vertex finds its place in space.
  const positions = new Float32Array((uv.length / 2) * 3)
  const normals = new Float32Array(positions.length)
  charted.triangles.forEach((vertex, corner) => {
    const from = 3 * surface.triangles[corner]
    positions.set(smooth.subarray(from, from + 3), 3 * vertex)
    normals.set(smoothNormals.subarray(from, from + 3), 3 * vertex)
  })
  return { positions, normals, uv, triangles: charted.triangles }
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
