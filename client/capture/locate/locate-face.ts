/** All that is measured of one face: landmarks, pose, shape, and which pixels are the person's. */

import type { FaceBox, Pose } from '../../face/types.ts'
import { areFinite } from '../../image/are-finite.ts'
import type { Photo } from '../../image/photo.ts'
import { CaptureError } from '../capture-error.ts'
import type { FindContext } from '../find/find-faces.ts'
import { eyeDistance } from '../find/landmarks.ts'
import { lookAt, whyNoPhoto } from '../find/reading.ts'
import { segmentPerson } from '../find/segment.ts'
import { networks } from '../find/tfjs.ts'
import { type CanonicalFace, canonicalFace } from '../mesh/canonical.ts'
import { frontAligned } from './front-aligned.ts'
import { poseOf, shapeOf } from './pose.ts'
import { symmetricShape } from './symmetric-shape.ts'

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
const narrowest = 64
/**
 * Degrees of turn to a side from which on the network's landmarks are corrected. The corrections would draw the temples of
 * a face that only looks up or down outwards.
 */
const leastTurn = 8
/**
 * Landmarks, pose, shape and person mask of one face.
 * @throws CaptureError `too-small`, `no-face`, `part-of-face`, `bad-numbers`
 */
export async function locateFace(photo: Photo, face: FaceBox, { store }: FindContext): Promise<LocatedFace> {
  const width = Math.min(face.width, face.height)
  if (width < narrowest) {
    throw new CaptureError(
      'too-small',
      `The face found is ${Math.round(width)} px wide; use a photo where it is at least ${narrowest} px.`,
      { width: Math.round(width), least: narrowest },
    )
  }
  const nets = await networks(store)
  const canonical = await canonicalFace(store)
  const seen = await lookAt(photo, face, canonical, nets)
  const reason = whyNoPhoto(photo, seen)
  if (reason) throw reason
  const { points, logit: faceLogit } = seen
  const person = await segmentPerson(photo, face, points, nets)
  const measured = { face, faceLogit, interOcular: eyeDistance(points), person, canonical }
  const pose = poseOf(points, canonical)
  requireNumbers(points, person, pose.rotation, [pose.scale, ...pose.translation])
  if (Math.abs(pose.yaw) < leastTurn)
    return { ...measured, landmarks: points, pose, shape: shapeOf(points, pose) }
  const landmarks = await frontAligned(photo, points, pose, person, canonical, nets)
  const shaped = symmetricShape(landmarks, poseOf(landmarks, canonical), canonical)
  requireNumbers(landmarks, shaped.shape)
  return { ...measured, landmarks, ...shaped }
}

/** A network on a device that is about to be lost gives NaN, or zeros, of which the pose has no scale. */
function requireNumbers(...measured: ArrayLike<number>[]): void {
  if (measured.every(areFinite)) return
  throw new CaptureError(
    'bad-numbers',
    'The networks measured nothing that is a number in this photo: choose it again.',
  )
}
