import type { OpenPhoto } from '../photo/open-photo.ts'
import { isOfSameFace, type Result } from '../result.ts'
import type { FacedSubject, Stage, Subject, WithPhoto } from './state.ts'

/** A photo that has just been opened: nothing is known of it. */
export function subjectOf(photo: Omit<OpenPhoto, 'url'>): WithPhoto<Subject> {
  return { ...withoutPhoto, photo: { ...photo, url: URL.createObjectURL(photo.file) } }
}

/** Nothing is known, and there is no photo. */
export const withoutPhoto: Subject = {
  photo: null,
  ...{ faces: null, looked: null, strokes: [], results: [], shown: null, light: null },
}

/** Another takes its place. */
export function dismiss(subject: Subject | null): void {
  if (subject?.photo) URL.revokeObjectURL(subject.photo.url)
}

/** What is worked on, or was when the page was left for the first screen or the camera; null: nothing yet. */
export function subjectAt(stage: Stage): Subject | null {
  switch (stage.name) {
    case 'photo':
      return stage.behind
    case 'camera':
      return subjectAt(stage.from)
    default:
      return stage.subject
  }
}

/** Finished runs that are kept for comparison; each holds its files, some megabytes. */
const mostResults = 4

/** With one more result. The newest are kept; one that took no step makes place for the next of the same face. */
export function withResult<Of extends FacedSubject>(subject: Of, result: Result): Of {
  const others = subject.results.filter(
    (other) => other.refined.optimised || result.refined.optimised || !isOfSameFace(other, result),
  )
  return { ...subject, results: [...others, result].slice(-mostResults) }
}

export function hasFace(subject: Subject | null): subject is FacedSubject {
  return subject?.faces != null
}

export function hasPhoto<Of extends Subject>(subject: Of | null): subject is WithPhoto<Of> {
  return subject?.photo != null
}
