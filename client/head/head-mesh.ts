import { vertexNormals } from '../capture/mesh/normals.ts'
import type { Mesh } from '../face/types.ts'
import { faceRim } from './face-rim.ts'
import type { HeadModel } from './head-model.ts'
import { restMesh } from './rest-mesh.ts'
import { type HeadLayout, headShape } from './shape.ts'

/** A whole head: one mesh with one texture layout, in which the face's square is the left half. */
export interface HeadMesh extends Mesh {
  /** How many vertices are the face mesh's, which come first and are where they were. */
  faceVertices: number
  /** How many triangles are the face mesh's, which come first. */
  faceTriangles: number
  /** V: for each vertex the first one at its place. Along the seams of the layout there are several. */
  place: Uint32Array
  /** The rest's vertices as the model has them (`headShape`), before they are split and fitted to the photo's outline. */
  shape: Float32Array
  /** V, 0..1: how much of the sky each vertex of the rest sees (`HeadModel`); 1 for the face's, which is as the photo shows it. */
  openness: Float32Array
}

/**
 * Sews the rest of a head to a captured face, whose vertices stay as they are but for the normals of the rim.
 *
 * @param face a captured face mesh (`faceMesh`), centimetres, head frame
 * @returns UVs in a texture twice as wide as high: the face's in its left half, the rest's in its right half
 */
export function headMesh(model: HeadModel, face: Mesh, layout: HeadLayout): HeadMesh {
  const shape = headShape(model, face, layout)
  const rest = restMesh(model, shape)
  const faceVertices = face.positions.length / 3
  const positions = Float32Array.from([...face.positions, ...rest.positions])
  const uv = Float32Array.from([
    ...face.uv.map((value, i) => (i % 2 ? value : value / 2)),
    ...rest.uv.map((value, i) => (i % 2 ? value : 0.5 + value / 2)),
  ])
  const triangles = Uint32Array.from([...face.triangles, ...rest.triangles.map((v) => faceVertices + v)])
  const openness = Float32Array.from([...new Float32Array(faceVertices).fill(1), ...rest.openness])
  const place = placesOf(positions)
  const welded = vertexNormals(
    positions,
    triangles.map((v) => place[v]),
  )
  const normals = Float32Array.from(positions, (_, k) => welded[3 * place[Math.floor(k / 3)] + (k % 3)])
  const onRim = new Set(faceRim(face))
  for (let v = 0; v < faceVertices; v++)
    if (!onRim.has(v)) normals.set(face.normals.subarray(3 * v, 3 * v + 3), 3 * v)
  return {
    ...{ positions, normals, uv, triangles, place, shape, openness, faceVertices },
    faceTriangles: face.triangles.length / 3,
  }
}

/** V: the first vertex that lies exactly where each one does. */
export function placesOf(positions: Float32Array): Uint32Array {
  const first = new Map<string, number>()
  return Uint32Array.from({ length: positions.length / 3 }, (_, v) => {
    const key = positions.subarray(3 * v, 3 * v + 3).join(' ')
    if (!first.has(key)) first.set(key, v)
    return first.get(key)!
  })
}
