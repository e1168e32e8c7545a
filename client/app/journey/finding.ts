import type { FaceBox } from '../../face/types.ts'
import { sizeOfFace } from '../../run/choices.ts'
import { fetchedFile } from '../fetched-file.ts'
import type { OpenPhoto, PhotoSource } from '../photo/open-photo.ts'
import { savesData } from '../saves-data.ts'
import { textureNotices } from '../seen.ts'
import { texts } from '../texts/index.ts'
import { loadRenderer } from '../viewer/drawing.ts'
import type { Capturing } from './capturing.ts'
import type { Computing } from './computing.ts'
import { type Subject, silence } from './state.ts'
import type { Store } from './store.ts'
import { dismiss, hasPhoto, subjectAt, subjectOf } from './subject.ts'
import { type Turns, untilAborted } from './turns.ts'

type Given = Pick<OpenPhoto, 'name' | 'file' | 'original' | 'turns' | 'source'>

/** From a photo to its face: opened, looked for, measured. */
export class Finding {
  readonly #store: Store
  readonly #turns: Turns
  readonly #capturing: Capturing
  readonly #computing: Computing
  readonly #onSeen: (signal: AbortSignal) => Promise<void>
  /** Those in black and white. */
  readonly #greyscale = new WeakSet<Blob>()

  /** @param onSeen what comes next for the face of a photo that was opened, within its turn */
  constructor(
    store: Store,
    turns: Turns,
    capturing: Capturing,
    computing: Computing,
    onSeen: (signal: AbortSignal) => Promise<void>,
  ) {
    this.#store = store
    this.#onSeen = onSeen
    this.#turns = turns
    this.#capturing = capturing
    this.#computing = computing
  }

  /** Takes the first of the files given; says so where there are more. A file that fails leaves all as it was. */
  async choosePhoto(files: readonly File[], source: PhotoSource = 'file') {
    if (this.#store.at('refining')) return this.#store.set({ notice: texts().notices.busy })
    const [file] = files
    if (!file) return this.#store.set({ error: { words: texts().errors.noImage, fault: null } })
    const given = { name: file.name, file, original: file, turns: 0, source }
    await this.#turns.attempt((signal) => this.#open(given, signal, files.length))
  }

  /** The sample photo, fetched like any other file of the page. */
  async chooseSample(url: string, name: string) {
    await this.#turns.attempt(async (signal) => {
      const { work, errors } = texts()
      const fault = this.#store.state.error?.fault ?? null
      this.#store.begin(work.sample)
      // Its script comes at the same time.
      this.#capturing.worker()
      const tell = (fraction: number) => this.#store.set({ work: { words: work.sample, fraction } })
      const file = await fetchedFile(url, name, tell, signal).catch(() => null)
      signal.throwIfAborted()
      if (!file) return this.#store.set({ work: null, error: { words: errors.sample, fault } })
      await this.#open({ name, file, original: file, turns: 0, source: 'sample' }, signal)
    })
  }

  /** The photo turned by a quarter, clockwise, and looked at anew. */
  async turnPhoto() {
    const found = this.#store.at('found')
    if (!found) return
    await this.#turns.attempt(async (signal) => {
      this.#store.begin(texts().work.turning)
      const { photo } = found.subject
      const { name, original, source } = photo
      const turns = (photo.turns + 1) % 4
      const turning = async () =>
        turns === 0 ? original : this.#capturing.worker().turned(original, name, turns)
      const file = await untilAborted(turning(), signal)
      await this.#open({ name, file, original, turns, source }, signal)
    })
  }

  /** Once more what failed, with the same photo. */
  async lookAgain() {
    const found = this.#store.at('found')
    if (!found) return
    await this.#turns.attempt(async (signal) => {
      this.#store.begin(texts().work['Looking for faces'])
      const { faces } = found.subject
      await (faces ? this.#lookAt(faces.chosen, signal) : this.#find(signal))
      await this.#onSeen(signal)
    })
  }

  /** Another of the faces found. What was painted stays: it belongs to the photo. */
  async chooseFace(face: FaceBox) {
    const found = this.#store.at('found')
    if (!found || face === found.subject.faces?.chosen) return
    await this.#turns.attempt((signal) => {
      this.#store.begin(texts().work['Measuring the face'], { stage: { ...found, seen: null } })
      return this.#measure(face, signal)
    })
  }

  /** The photo and its face as it was found; a face that comes from an earlier visit is measured again. */
  showPhoto(subject: Subject) {
    if (!hasPhoto(subject)) return
    this.#store.set({ stage: { name: 'found', subject, seen: subject.looked }, ...silence, work: null })
    const { looked, faces } = subject
    if (looked || !faces) return
    void this.#turns.attempt((signal) => {
      this.#store.begin(texts().work['Measuring the face'])
      return this.#measure(faces.chosen, signal)
    })
  }

  /** Opens a file and looks for faces; what had to be downloaded for that comes meanwhile. */
  async #open(given: Given, signal: AbortSignal, count = 1) {
    this.#store.begin(texts().work.opening)
    this.#store.setAt('result', { dialog: null })
    // Its failure is told where it is waited for.
    this.#capturing.fetchFiles().catch(() => {})
    // Another thread's work, done by the time that something is to be made beside the result.
    if (!savesData()) this.#computing.warmUp({ fetching: false })
    const { width, height, greyscale } = await this.#capturing.open(given.file, given.name, signal)
    if (greyscale) this.#greyscale.add(given.file)
    const { stage, brush } = this.#store.state
    dismiss(subjectAt(stage))
    this.#store.set({
      stage: { name: 'found', subject: subjectOf({ ...given, width, height }), seen: null },
      brush: { ...brush, out: false },
      kept: null,
      notice: count > 1 ? texts().notices.several(count, given.name) : null,
    })
    await this.#find(signal)
    await this.#onSeen(signal)
  }

  async #find(signal: AbortSignal) {
    const { photo } = this.#store.at('found')!.subject
    const all = await this.#capturing.findFaces(photo, signal)
    const { subject } = this.#store.at('found')!
    this.#store.setAt('found', { subject: { ...subject, faces: { all, chosen: all[0] } } })
    await this.#lookAt(all[0], signal)
  }

  /** Looks at a face, and leaves it at that. */
  async #measure(face: FaceBox, signal: AbortSignal) {
    await this.#lookAt(face, signal)
    this.#store.set({ work: null })
  }

  async #lookAt(face: FaceBox, signal: AbortSignal) {
    const before = this.#store.at('found')!.subject
    const faces = { all: before.faces!.all, chosen: face }
    this.#store.setAt('found', { subject: { ...before, faces, looked: null } })
    const { photo } = before
    // As large as its result will be, which then need not be measured anew.
    const seen = await this.#capturing.see(photo, { face, strokes: [], size: sizeOfFace(face) }, signal)
    // What was painted meanwhile stays.
    const subject = { ...this.#store.at('found')!.subject, looked: seen }
    this.#store.setAt('found', { subject, seen })
    const notices = textureNotices(seen, photo.source, this.#greyscale.has(photo.file))
    const { notice } = this.#store.state
    this.#store.set({ notice: [notice ?? [], notices].flat().join(' ') || null })
    loadRenderer()
  }
}
