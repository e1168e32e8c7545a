import { forgetFace, keepFace, type LastFace } from '../kept-face.ts'
import type { Result } from '../result.ts'
import type { Results } from './results.ts'
import { type FacedSubject, type Subject, silence } from './state.ts'
import type { Store } from './store.ts'
import { dismiss, hasFace, subjectAt, subjectOf } from './subject.ts'
import type { Turns } from './turns.ts'

/** The face that was finished last: kept, shown again, thrown away. */
export class LastFaces {
  readonly #store: Store
  readonly #turns: Turns
  readonly #results: Results

  constructor(store: Store, turns: Turns, results: Results) {
    this.#store = store
    this.#turns = turns
    this.#results = results
  }

  /** For when the person comes back to it from another photo, another page or another day. */
  keep({ photo, faces, strokes, results }: FacedSubject) {
    const { url: _, ...kept } = photo
    const { choices } = this.#store.state
    const last = { photo: kept, faces: faces.all, face: faces.chosen, strokes, results, ...choices }
    this.#store.set({ last })
    void keepFace(last)
  }

  /** With its photo and all that can be done with it. */
  show() {
    const { last, stage } = this.#store.state
    if (!last) return
    this.#turns.end()
    const result = last.results.at(-1)!
    const present = subjectAt(stage)
    const isPresent = hasFace(present) && present.results.includes(result)
    const subject = isPresent ? present : this.#takeUp(last, present)
    this.#store.set({ ...silence, work: null, transfer: null })
    this.#results.show(subject, result)
  }

  /** The choices come back with the photo. */
  #takeUp(last: LastFace, present: Subject | null): FacedSubject {
    dismiss(present)
    const { photo, faces, face, strokes, results, preset, size, seed } = last
    const { brush } = this.#store.state
    this.#store.set({ choices: { preset, size, seed }, brush: { ...brush, out: false } })
    return { ...subjectOf(photo), faces: { all: faces, chosen: face }, strokes: [...strokes], results }
  }

  async discard() {
    const { last } = this.#store.state
    const photo = this.#store.at('photo')
    if (photo?.behind && photo.behind.photo.file === last?.photo.file) {
      dismiss(photo.behind)
      this.#store.setAt('photo', { behind: null })
    }
    this.#store.set({ last: null })
    await forgetFace()
  }

  /** The means to delete what was shared stay with the result. */
  remember(result: Result, shared: Result['shared'] | null) {
    result.shared = shared ?? undefined
    this.keepChanged(result)
  }

  /** Where it is the face that is kept. */
  keepChanged(result: Result) {
    const { last } = this.#store.state
    if (last?.results.includes(result)) void keepFace(last)
  }
}
