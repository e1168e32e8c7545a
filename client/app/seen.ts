import type { Cover } from '../face/types.ts'
import type { SeenFace } from './messages.ts'
import type { PhotoSource } from './photo/open-photo.ts'
import type { Stroke } from './photo/strokes.ts'
import { texts } from './texts/index.ts'

/** Below this share of unseen texels nothing is said to be missing. */
const complete = 0.005

/** Does the photo show all that the brush left? */
export function hasNothingToMake({ quality }: Pick<SeenFace, 'quality'>, strokes: readonly Stroke[]) {
  return quality.none < complete && strokes.length === 0
}

/** What seems to cover the face, and is not painted over yet. */
export function proposedCover(
  seen: Pick<SeenFace, 'cover'> | null,
  strokes: readonly Stroke[],
): Cover | null {
  const cover = seen?.cover
  return cover && !cover.strokes.every((stroke) => strokes.includes(stroke)) ? cover : null
}

/** Is it a webcam's photo that had better be taken again? */
export function isPoorShot({ source }: { source: PhotoSource }, { flaws }: Pick<SeenFace, 'flaws'>): boolean {
  return source === 'camera' && (flaws.dark || flaws.blurred)
}

/** What is worth knowing of the texture that a face will get, and what another picture would do better. */
export function textureNotices(
  { flaws }: Pick<SeenFace, 'flaws'>,
  source: PhotoSource,
  greyscale: boolean,
): string[] {
  const { grey, dark, blurred, takeAgain, chooseAnother } = texts().notices
  const flaw = flaws.dark ? dark : flaws.blurred ? blurred : null
  const again = source === 'camera' ? takeAgain : chooseAnother
  return [...(greyscale ? [grey] : []), ...(flaw ? [flaw, again] : [])]
}
