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

/** What is worth knowing about a photo that was opened. @param count of the files that were given */
export function photoNotice(count: number, name: string, greyscale: boolean): string | null {
  const { notices } = texts()
  const said: string[] = []
  if (count > 1) said.push(notices.several(count, name))
  if (greyscale) said.push(notices.grey)
  return said.join(' ') || null
}

/** What another picture would do better; null: nothing. */
export function flawNotice({ flaws }: Pick<SeenFace, 'flaws'>, source: PhotoSource): string | null {
  const { dark, blurred } = texts().notices
  const again = source === 'camera' ? texts().notices.takeAgain : texts().notices.chooseAnother
  const flaw = flaws.dark ? dark : flaws.blurred ? blurred : null
  return flaw && `${flaw} ${again}`
}
