/** What the landmark network says of a face, and whether to believe that it is the photo of one. */

import type { FaceBox } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { CaptureError } from '../capture-error.ts'
import type { CanonicalFace } from '../mesh/canonical.ts'
import { flatness, flattestPhoto } from './drawing.ts'
import { averageLandmarks, findLandmarks, type Landmarks, shareWithin } from './landmarks.ts'
import type { Networks } from './tfjs.ts'

/**
 * Least face flag of a face, the mean of four looks over the share of the face that lies in the photo. Measured:
 * test/evaluation/decisions/which-way-up.md.
 */
const leastFlag = 8
/**
 * The flag falls as a head turns: 12 at 40 degrees, 7 at 50, 0 at 60. The detector's score of such a face stays above this, that
 * of what is no face does not.
 */
const sureScore = 0.8
/** Least share of a face's landmarks that has to lie in the photo. */
const leastShown = 0.45

/** What the landmark network says of a face. */
export interface Reading extends Landmarks {
  face: FaceBox
  /** Share of the landmarks within the photo. */
  shown: number
  /** The face flag over the share that is shown. */
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

/** Why this is not taken for the photo of a face; null where it is. */
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
