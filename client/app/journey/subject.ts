import type { OpenPhoto } from '../photo/open-photo.ts'
import type { FacedSubject, Stage, Subject } from './state.ts'

/** A photo that has just been opened: nothing is known of it. */
export function subjectOf(photo: Omit<OpenPhoto, 'url'>): Subject {
  return {
    photo: { ...photo, url: URL.createObjectURL(photo.file) },
    ...{ faces: null, looked: null, strokes: [], results: [], shown: null, light: null },
  }
}

/** Another takes its place. */
export function dismiss(subject: Subject | null): void {
  if (subject) URL.revokeObjectURL(subject.photo.url)
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

export function hasFace(subject: Subject | null): subject is FacedSubject {
  return subject?.faces != null
}
