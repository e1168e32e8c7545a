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
  const positions = joined(face.positions, rest.positions)
  const uv = joined(face.uv, rest.uv)
  for (let i = 0; i < uv.length; i += 2) uv[i] = (i < face.uv.length ? 0 : 0.5) + uv[i] / 2
  const triangles = new Uint32Array(face.triangles.length + rest.triangles.length)
  triangles.set(face.triangles)
  for (let i = 0, to = face.triangles.length; to < triangles.length; i++, to++)
    triangles[to] = faceVertices + rest.triangles[i]
  const openness = joined(new Float32Array(faceVertices).fill(1), rest.openness)
  const place = placesOf(positions)
  const welded = vertexNormals(
    positions,
    triangles.map((v) => place[v]),
  )
  const normals = new Float32Array(positions.length)
  for (let v = 0; v < place.length; v++)
    for (let c = 0; c < 3; c++) normals[3 * v + c] = welded[3 * place[v] + c]
  const onRim = new Set(faceRim(face))
  for (let v = 0; v < faceVertices; v++)
    if (!onRim.has(v)) normals.set(face.normals.subarray(3 * v, 3 * v + 3), 3 * v)
  return {
    ...{ positions, normals, uv, triangles, place, shape, openness, faceVertices },
    faceTriangles: face.triangles.length / 3,
  }
}

function joined(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** V: the first vertex that lies exactly where each one does. @param positions V x 3 */
export function placesOf(positions: Float32Array): Uint32Array {
  const place = new Uint32Array(positions.length / 3)
  // An open hash table of vertices, at most half full; 0 is free, and each vertex one more than it is.
  const mask = 2 ** Math.ceil(Math.log2(2 * place.length + 1)) - 1
  const table = new Uint32Array(mask + 1)
  // Of 0 and -0, which are one place, the bits differ.
  const bits = new Uint32Array(positions.map((value) => value + 0).buffer)
  for (let v = 0; v < place.length; v++) {
    const k = 3 * v
    let hash =
      Math.imul(bits[k], 0x9e3779b1) ^ Math.imul(bits[k + 1], 0x85ebca6b) ^ Math.imul(bits[k + 2], 0xc2b2ae35)
    hash = (hash ^ (hash >>> 15)) & mask
    for (; ; hash = (hash + 1) & mask) {
      const other = 3 * (table[hash] - 1)
      if (other < 0) {
        table[hash] = v + 1
        place[v] = v
        break
      }
      if (bits[other] === bits[k] && bits[other + 1] === bits[k + 1] && bits[other + 2] === bits[k + 2]) {
        place[v] = other / 3
        break
      }
    }
  }
  return place
}
