import type { FaceBox } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { CaptureError } from '../capture-error.ts'
import { type FindContext, findFaces } from './find-faces.ts'

/** Which of a photo's faces: its rank by size (0 is the largest), or one that `findFaces` found. */
export type WhichFace = number | FaceBox

/**
 * The face to capture. A rank is looked up among all faces of the photo; a box is taken as it is.
 *
 * @param onLooking called before the photo is searched
 * @returns the face, and all there are, largest first; of a box that box alone
 * @throws CaptureError `no-face` where there is none, or none of that rank; as {@link findFaces}
 */
export async function chooseFace(
  photo: Photo,
  which: WhichFace,
  { store, onLooking }: FindContext & { onLooking?: () => void },
): Promise<{ face: FaceBox; faces: FaceBox[] }> {
  if (typeof which !== 'number') return { face: which, faces: [which] }
  onLooking?.()
  const faces = await findFaces(photo, { store })
  const face = faces[which]
  if (face) return { face, faces }
  if (faces.length === 0)
    throw new CaptureError(
      'no-face',
      'No face was found in this photo: choose one that shows a face from the front or half turned.',
      { reason: 'none' },
    )
  const [shown, among] = faces.length === 1 ? ['one face', ''] : [`${faces.length} faces`, 'one of ']
  throw new CaptureError(
    'no-face',
    `The photo shows ${shown}, so there is no face ${which + 1}: choose ${among}${faces.map(faceInWords).join('; ')}.`,
    { reason: 'rank', faces: faces.length, face: which + 1 },
  )
}

/** @example faceInWords({ x: 20.4, y: 31, width: 160.2, ... }, 0) // -> 'face 1 (160 px wide at 20, 31)' */
export function faceInWords({ x, y, width }: Pick<FaceBox, 'x' | 'y' | 'width'>, rank: number): string {
  return `face ${rank + 1} (${Math.round(width)} px wide at ${Math.round(x)}, ${Math.round(y)})`
}
