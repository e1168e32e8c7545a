import type { Refined } from '../refine/types.ts'
import type { RunsOn } from '../runtime/runs-on.ts'
import type { CoverName } from './choices.ts'
import type { CaptureRequest, Finished, SeenFace, SeenHead } from './messages.ts'
import type { Pixels } from './pixels.ts'
import type { Shared } from './sharing/sharing.ts'

/** A finished run. Several of one photo are kept, so that they can be compared. */
export interface Result {
  /** Which of the photo's faces it is, and what was painted over. */
  of: FaceInPhoto
  refined: Omit<Refined, 'texture'>
  texture: Pixels
  seen: SeenFace
  runsOn: RunsOn
  /** Seconds from the button to the end, capture included. */
  seconds: number
  files: Record<'glb' | 'png' | 'sampled' | 'record', Blob>
  /** The whole head; left out: none was made yet. */
  head?: SeenHead
  /** What is shown and shared of it. Left out: that is not decided yet. */
  cover?: CoverName
  /** Its shared page, where it has one. */
  shared?: Shared
}

/** A face as a result is made of it. */
export type FaceInPhoto = Pick<CaptureRequest, 'face' | 'strokes'>

/** Is it the whole head that is shown? */
export function showsHead(result: Pick<Result, 'head' | 'cover'>): result is { head: SeenHead } {
  const { head, cover } = result
  return head !== undefined && cover !== 'face'
}

/** Are two runs with one photo of the same of its faces? */
export function isOfSameFace(a: Pick<Result, 'seen'>, b: Pick<Result, 'seen'>): boolean {
  return a.seen.crop.left === b.seen.crop.left && a.seen.crop.top === b.seen.crop.top
}

/** How what is shown of it was made: JSON. */
export function recordOf(result: Pick<Result, 'head' | 'cover' | 'files'>): Blob {
  if (!showsHead(result)) return result.files.record
  return new Blob([result.head.record], { type: 'application/json' })
}

/** A finished run as the page keeps it. @param seconds from the button to the end */
export function resultOf(
  { refined, runsOn, pixels, files }: Finished,
  seen: SeenFace,
  of: FaceInPhoto,
  seconds: number,
): Result {
  const blob = (content: BlobPart, type: string) => new Blob([content], { type })
  return {
    of,
    refined,
    texture: pixels,
    seen,
    runsOn,
    seconds,
    files: {
      glb: blob(files.glb, 'model/gltf-binary'),
      png: blob(files.png, 'image/png'),
      sampled: blob(files.sampled, 'image/png'),
      record: blob(files.record, 'application/json'),
    },
  }
}
