import { type FaceLayout, faceMesh } from '../capture/mesh/face-mesh.ts'
import type { Mesh } from '../face/types.ts'
import { faceRim } from './face-rim.ts'
import { fadeDisplacement } from './fade.ts'
import type { HeadModel } from './head-model.ts'
import { type Basis, placement } from './placement.ts'

/** What is needed of the canonical face: its layout, and the landmarks that a head is placed by, with their weights. */
export type HeadLayout = FaceLayout & Basis

/** Centimetres over which the face's own shape fades over the rest of the head. */
const fadeLength = 3

/**
 * The rest of a person's head: the mean head, moved, turned and scaled so that its landmarks lie on the person's, with what is
 * left of their difference fading over it.
 *
 * @param face a captured face mesh (`faceMesh`), centimetres, head frame
 * @returns V x 3, vertices as the model has them, centimetres, head frame; the first 72 are the face's rim
 */
export function headShape(model: HeadModel, face: Mesh, layout: HeadLayout): Float32Array {
  const mean = faceMesh(model.landmarks, layout)
  const place = placement(model.landmarks, face.positions, layout)
  const rim = faceRim(mean)
  const rest = model.positions.length / 3 - rim.length
  const faceVertices = mean.positions.length / 3

  // One mesh: the face's vertices, then those of the rest that are no rim's.
  const vertexOf = (v: number) => (v < rim.length ? rim[v] : faceVertices + v - rim.length)
  const positions = new Float64Array(3 * (faceVertices + rest))
  positions.set(place(mean.positions))
  positions.set(place(model.positions.subarray(3 * rim.length)), 3 * faceVertices)
  const seam = Uint32Array.from(model.triangles, (v) => vertexOf(model.origin[v]))
  const displacement = new Float64Array(positions.length)
  for (let i = 0; i < 3 * faceVertices; i++) displacement[i] = face.positions[i] - positions[i]
  const known = new Uint8Array(faceVertices + rest).fill(1, 0, faceVertices)
  const faded = fadeDisplacement(positions, [...mean.triangles, ...seam], displacement, known, fadeLength)
  return Float32Array.from(model.positions, (_, i) => {
    const k = 3 * vertexOf(Math.floor(i / 3)) + (i % 3)
    return i < 3 * rim.length ? face.positions[k] : positions[k] + faded[k]
  })
}
