/** What the landmark network says of a face, and whether to believe that it is the photo of one. */

import type { FaceBox } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { CaptureError } from '../capture-error.ts'
import type { CanonicalFace } from '../mesh/canonical.ts'
import { flatness, flattestPhoto } from './drawing.ts'
import { averageLandmarks, findLandmarks, type Landmarks, shareWithin } from './landmarks.ts'
import type { Networks } from './tfjs.ts'

/**
 * The landmark network's face flag, mean of four looks, by the share of the face that the photo's border leaves: faces have
 * 9..28 the right way up. What is none has up to 8, seldom 13, and so have faces upside down and parts of faces.
 */
const leastFlag = 8
/**
 * The flag falls as a head turns: 12 at 40 degrees, 7 at 50, 0 at 60. The detector stays as sure as this of those, and is less
 * sure of what is no face.
 */
const sureScore = 0.8
/** Less of a face than this (share of its landmarks) in the photo is too little. */
const leastShown = 0.45

/** What the landmark network says of a face. */
export interface Reading extends Landmarks {
  face: FaceBox
  /** Share of the landmarks within the photo. */
  shown: number
  /** By the share that is shown. */
  flag: number
}

/** Looks at a face from where a box says it is. */
export async function lookAt(
  photo: Photo,
  face: FaceBox,
  { mirror }: CanonicalFace,
  nets: Networks,
): Promise<Reading> {
  const { points } = await findLandmarks(photo, face, nets)
  const landmarks = await averageLandmarks(photo, points, mirror, nets)
  const shown = shareWithin(photo, landmarks.points)
  const flag = landmarks.logit / Math.max(shown, leastShown)
  return { ...landmarks, face, shown, flag }
}

/** null where it is the photo of a face. */
export function whyNoPhoto(photo: Photo, { face, points, shown, flag }: Reading): CaptureError | null {
  if (flag < (face.score < sureScore ? leastFlag : 0))
    return new CaptureError(
      'no-face',
      'What was found is not the photo of a face, or shows too little of one: use one of a real face, seen from the front or half turned.',
      { reason: 'not-real' },
    )
  if (shown < leastShown)
    return new CaptureError(
      'part-of-face',
      `Only part of a face is in the picture (${Math.round(100 * shown)}% of it): use a photo that shows the whole face.`,
      { shown: Math.round(100 * shown) },
    )
  const flat = flatness(photo, points)
  if (flat > flattestPhoto)
    return new CaptureError(
      'no-face',
      `What was found looks like a drawing (${Math.round(100 * flat)}% of the face are one flat colour): use a photo of a real face.`,
      { reason: 'drawing', share: flat },
    )
  return null
}
