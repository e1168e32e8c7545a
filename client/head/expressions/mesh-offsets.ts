import type { CanonicalFace } from '../../capture/mesh/canonical.ts'
import { type FaceSplit, faceSplit, gather } from '../../capture/mesh/face-mesh.ts'
import { smoothSplit, splitLinearly, subdivide } from '../../capture/mesh/subdivide.ts'
import { meshLandmarks } from '../../face/contours.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { borderLoops } from '../border-loops.ts'
import { faceRim, rimVertices } from '../face-rim.ts'
import type { HeadModel } from '../head-model.ts'
import { type RestSplit, restSplit } from '../rest-mesh.ts'

/** What a head's points do, as its mesh does it: both are finer by one step of the same subdivision. */
export interface MeshOffsets {
  face: FaceSplit
  rest: RestSplit
  /** 72 vertices of the face mesh. */
  rim: number[]
  /** Of the model's vertices, 0..1: what lies near the end of the neck moves less, and the end itself not at all. */
  loose: Float32Array
}

/** Centimetres from the neck's end on over which it comes loose. */
const holding = 3

export function meshOffsets(model: HeadModel, canonical: CanonicalFace): MeshOffsets {
  const face = faceSplit(canonical)
  const rest = restSplit(model)
  const corners = model.triangles.map((v) => model.origin[v])
  const end = borderLoops(corners).find((loop) => !loop.includes(0))!
  const { positions } = model
  const loose = Float32Array.from({ length: positions.length / 3 }, (_, v) => {
    const distances = end.map((e) =>
      Math.hypot(...[0, 1, 2].map((c) => positions[3 * v + c] - positions[3 * e + c])),
    )
    return smoothstep(0, holding, Math.min(...distances))
  })
  return { face, rest, rim: faceRim(face), loose }
}

/**
 * @param points P x 3: offsets of the landmarks and of the rest's vertices that are no rim's
 * @param vertices of the head's mesh: the face's, the rest's, and others, which stay
 * @returns V x 3
 */
export function onMesh(
  { face, rest, rim, loose }: MeshOffsets,
  points: Float32Array,
  vertices: number,
): Float32Array {
  const offsets = new Float32Array(3 * vertices)
  const ofFace = gather(subdivide(points.subarray(0, 3 * meshLandmarks), face.surface), face.place)
  offsets.set(ofFace)
  const ofRest = new Float32Array(3 * loose.length)
  rim.forEach((v, i) => {
    ofRest.set(ofFace.subarray(3 * v, 3 * v + 3), 3 * i)
  })
  for (let i = 3 * rimVertices; i < ofRest.length; i++)
    ofRest[i] = loose[Math.floor(i / 3)] * points[3 * (meshLandmarks - rimVertices) + i]
  if (ofRest.some((value) => value !== 0))
    offsets.set(gather(smoothSplit(ofRest, rest.surface, rest.fixed), rest.place), ofFace.length)
  return offsets
}

/**
 * Weights of the bones on the head's mesh.
 *
 * @param bones (P - 468) x 2, of the rest's vertices that are no rim's
 * @returns V x 2: the face is the head's, what is neither face nor rest the body's
 */
export function bonesOnMesh({ face, rest, loose }: MeshOffsets, bones: Float32Array, vertices: number) {
  const weights = new Float32Array(2 * vertices)
  const faceVertices = face.place.length
  for (let v = 0; v < faceVertices; v++) weights[2 * v + 1] = 1
  const ofRest = splitLinearly(looseBones(loose, bones), 2, rest.surface)
  rest.place.forEach((from, to) => {
    for (let c = 0; c < 2; c++) weights[2 * (faceVertices + to) + c] = ofRest[2 * from + c]
  })
  return weights
}

/** The same of the model's vertices. */
export function looseBones(loose: Float32Array, bones: Float32Array): Float32Array {
  return Float32Array.from({ length: 2 * loose.length }, (_, i) => {
    if (i < 2 * rimVertices) return i % 2
    return loose[Math.floor(i / 2)] * bones[i - 2 * rimVertices]
  })
}
