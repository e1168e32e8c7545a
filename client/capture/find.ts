/** The part of the capture that needs networks: which faces there are, and all that is measured of one. */
import type { ModelStore } from '../runtime/models.ts'
import { type CanonicalFace, canonicalFace } from './canonical.ts'
import { detectFaces, detectInParts } from './detect.ts'
import { FLATTEST_PHOTO, flatness } from './drawing.ts'
import { frontAligned } from './front-aligned.ts'
import { averageLandmarks, eyeDistance, findLandmarks, type Landmarks } from './landmarks.ts'
import { poseOf, shapeOf } from './pose.ts'
import { segmentPerson } from './segment.ts'
import { symmetricShape } from './symmetric-shape.ts'
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
/**
 * Degrees: what the network says of a face that is turned less to a side is good as it is. Of one that only looks up or down
 * the corrections would draw the temples outwards.
 */
const leastTurn = 8
/**
 * A face flag from here on leaves no doubt that the face was seen upright. Of the mean of four looks: upright faces 11..23,
 * turned by 50 degrees 6..15, lying ones -24..8. A single look at a lying face may say 17.
 */
const UPRIGHT_LOGIT = 9

/**
 * All faces, largest first. Where none is plainly upright, the photo is turned by quarters, then searched in parts if it
 * is large, and the search with the clearest face is taken. What the landmark network does not take for a face (its flag
 * is below 0) and drawings in flat colours are left out.
 *
 * @returns an empty list where there is none
 * @throws CaptureError `no-face` where something like a face was found, but only a flat drawing or a pattern
 */
export async function findFaces(photo: Photo, { store }: FindContext): Promise<FaceBox[]> {
  const nets = await networks(store)
  const canonical = await canonicalFace(store)
  let doubt: string | null = null
  let best: { faces: FaceBox[]; logit: number } = { faces: [], logit: 0 }
  const consider = async (boxes: FaceBox[]) => {
    const faces: FaceBox[] = []
    let logit = 0
    for (const box of boxes) {
      const landmarks = await lookAt(photo, box, canonical, nets)
      const reason = whyNoPhoto(photo, landmarks)
      doubt ??= reason
      if (reason) continue
      faces.push(box)
      logit = Math.max(logit, landmarks.logit)
    }
    if (logit > best.logit) best = { faces, logit }
  }
  const searches = [
    ...[0, 1, 3, 2].map((turns) => () => detectFaces(photo, turns, nets)),
    () => detectInParts(photo, nets),
  ]
  for (const search of searches) {
    if (best.logit <= UPRIGHT_LOGIT) await consider(await search())
  }
  if (best.faces.length === 0 && doubt) throw new CaptureError('no-face', doubt)
  return best.faces
}

async function lookAt(
  photo: Photo,
  face: FaceBox,
  { mirror }: CanonicalFace,
  nets: Networks,
): Promise<Landmarks> {
  const { points } = await findLandmarks(photo, face, nets)
  return averageLandmarks(photo, points, mirror, nets)
}

/** A sentence, or null where it is the photo of a face. */
function whyNoPhoto(photo: Photo, { points, logit }: Landmarks): string | null {
  if (logit < 0)
    return 'What was found is not the photo of a face: use one of a real face, seen from the front or half turned.'
  const flat = flatness(photo, points)
  if (flat > FLATTEST_PHOTO)
    return `What was found looks like a drawing (${Math.round(100 * flat)}% of the face are one flat colour): use a photo of a real face.`
  return null
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
  const seen = await lookAt(photo, face, canonical, nets)
  const reason = whyNoPhoto(photo, seen)
  if (reason) throw new CaptureError('no-face', reason)
  const { points, logit: faceLogit } = seen
  const person = await segmentPerson(photo, face, points, nets)
  const measured = { face, faceLogit, interOcular: eyeDistance(points), person, canonical }
  const pose = poseOf(points, canonical)
  if (Math.abs(pose.yaw) < leastTurn)
    return { ...measured, landmarks: points, pose, shape: shapeOf(points, pose) }
  const landmarks = await frontAligned(photo, points, pose, person, canonical, nets)
  return { ...measured, landmarks, ...symmetricShape(landmarks, poseOf(landmarks, canonical), canonical) }
}
