/** The part of the capture that needs networks: which faces there are, and all that is measured of one. */
import type { ModelStore } from '../runtime/models.ts'
import { type CanonicalFace, canonicalFace } from './canonical.ts'
import { detectIn, wholePhoto } from './detect.ts'
import { EYE_CORNERS, findLandmarks } from './landmarks.ts'
import { poseOf, shapeOf } from './pose.ts'
import { segmentPerson } from './segment.ts'
import { type Networks, networks } from './tfjs.ts'
import { CaptureError, type FaceBox, type Photo, type Pose } from './types.ts'

export interface FindContext {
  store: ModelStore
}

export interface LocatedFace {
  face: FaceBox
  /** 478 x 3, see Capture. */
  landmarks: Float32Array
  faceLogit: number
  /** Distance of the outer eye corners, photo pixels, in the head's own size (not shortened by yaw). */
  interOcular: number
  pose: Pose
  /** 468 x 3, centimetres, head frame. */
  shape: Float32Array
  /** photo.width * photo.height, 0..1 */
  person: Float32Array
  canonical: CanonicalFace
}

/** Narrower faces (photo pixels) hold too little to make a texture of. */
const NARROWEST = 64
/** Detections looked at more closely: the largest ones of a crowd. */
const MOST_FACES = 12

/** A face flag from here on leaves no doubt that the face was seen upright (upright faces: 24..35, lying ones: 1..9). */
const UPRIGHT_LOGIT = 15

/**
 * All faces, largest first. Where none is plainly upright, the photo is turned by quarters and the turn with the
 * clearest face taken. What the landmark network does not take for a face (its flag is below 0) is left out.
 *
 * @returns an empty list where there is none
 * @throws CaptureError `no-face` where something like a face was found, but only a drawing or a pattern
 */
export async function findFaces(photo: Photo, { store }: FindContext): Promise<FaceBox[]> {
  const nets = await networks(store)
  let doubtful = 0
  let best: { faces: FaceBox[]; logit: number } = { faces: [], logit: 0 }
  for (const turns of [0, 1, 3, 2]) {
    const boxes = await detectIn(photo, wholePhoto(photo, turns), nets)
    boxes.sort((a, b) => b.width * b.height - a.width * a.height)
    const faces: FaceBox[] = []
    let clearest = 0
    for (const box of boxes.slice(0, MOST_FACES)) {
      const { logit } = await findLandmarks(photo, box, nets)
      if (logit > 0) faces.push(box)
      else doubtful++
      clearest = Math.max(clearest, logit)
    }
    if (clearest > best.logit) best = { faces, logit: clearest }
    if (clearest > UPRIGHT_LOGIT) break
  }
  if (best.faces.length === 0 && doubtful > 0) {
    throw new CaptureError(
      'no-face',
      'Something like a face was found, but not the photo of one: use a photo of a real face, seen from the front or half turned.',
    )
  }
  return best.faces
}

/**
 * Landmarks, pose, shape and person mask of one face.
 * @throws CaptureError `too-small`, `no-face`
 */
export async function locateFace(photo: Photo, face: FaceBox, { store }: FindContext): Promise<LocatedFace> {
  const width = Math.min(face.width, face.height)
  if (width < NARROWEST) {
    throw new CaptureError(
      'too-small',
      `The face found is ${Math.round(width)} px wide; use a photo where it is at least ${NARROWEST} px.`,
    )
  }
  const nets: Networks = await networks(store)
  const canonical = await canonicalFace(store)
  const { points, logit } = await findLandmarks(photo, face, nets)
  if (logit < 0) {
    throw new CaptureError(
      'no-face',
      'What was found is not the photo of a face: use one of a real face, seen from the front or half turned.',
    )
  }
  const pose = poseOf(points, canonical)
  const shape = shapeOf(points, pose)
  const [left, right] = EYE_CORNERS
  const interOcular =
    pose.scale * Math.hypot(...[0, 1, 2].map((k) => shape[3 * left + k] - shape[3 * right + k]))
  const person = await segmentPerson(photo, face, nets)
  return { face, landmarks: points, faceLogit: logit, interOcular, pose, shape, person, canonical }
}
