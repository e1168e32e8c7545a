/** The model file of the rest of a head. */
import { type CanonicalFace, readCanonicalFace } from '../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../client/capture/mesh/face-mesh.ts'
import { type HeadModel, opennessSteps, positionStep, uvSteps } from '../../client/head/head-model.ts'
import { placement } from '../../client/head/placement.ts'
import { canonicalFace } from '../canonical-face.ts'
import type { Recipe } from '../recipe.ts'
import { landmarksOn, readCorrespondence } from './correspondence.ts'
import { layOut } from './layout.ts'
import {
  type Human,
  makeHumanLicence,
  makeHumanPackage,
  makeHumanSource,
  readHuman,
  referenceBody,
} from './make-human.ts'
import { openness } from './openness.ts'
import { remainderOf } from './remainder.ts'

export const headModel: Recipe = {
  id: 'head',
  from: makeHumanPackage,
  purpose: 'head',
  licence: makeHumanLicence,
  source: makeHumanSource,
  make: async () => {
    const canonical = readCanonicalFace(await canonicalFace.make())
    return new Map([['head.bin', packHeadModel(headModelOf(await readHuman(), canonical))]])
  },
}

/** The mean head, laid on the canonical face. */
export function headModelOf(human: Human, canonical: CanonicalFace): HeadModel {
  const body = referenceBody(human)
  const landmarks = landmarksOn(body, readCorrespondence())
  const remainder = remainderOf(body, human.triangles, landmarks, canonical)
  const { uv, origin, triangles } = layOut(remainder, landmarks, canonical)
  const place = placement(landmarks, canonical.pos, canonical)
  const laid = (places: Float64Array) => Float32Array.from(place(places))
  const rest = { positions: laid(remainder.positions), triangles: remainder.triangles }
  const face = laid(landmarks)
  return {
    ...{ positions: rest.positions, landmarks: face, origin, uv, triangles },
    openness: openness(rest, faceMesh(face, canonical)),
  }
}

/**
 * The bytes that `readHeadModel` reads.
 *
 * @throws Error where a number does not fit into two bytes: positions reach to 32 cm
 */
export function packHeadModel(model: HeadModel): Uint8Array {
  const { positions, landmarks, origin, uv, triangles, openness } = model
  const inSteps = (places: Float32Array) => Array.from(places, (value) => Math.round(value / positionStep))
  const signed = [...inSteps(positions), ...inSteps(landmarks)]
  const unsigned = [
    ...origin,
    ...Array.from(uv, (value) => Math.round(value * uvSteps)),
    ...triangles,
    ...Array.from(openness, (value) => Math.round(value * opennessSteps)),
  ]
  if (
    signed.some((value) => Math.abs(value) > 32_767) ||
    unsigned.some((value) => value < 0 || value > 65_535)
  )
    throw new Error('The head does not fit into numbers of two bytes.')
  const counts = [positions.length / 3, origin.length, triangles.length / 3]
  return new Uint8Array(Uint16Array.from([...counts, ...signed, ...unsigned]).buffer)
}
