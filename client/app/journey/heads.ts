import type { RunRecord } from '../../../worker/contract/record.ts'
import { whyFaceAlone } from '../../head/doubts.ts'
import type { CoverName, HeadChoice } from '../choices.ts'
import type { SeenHead } from '../messages.ts'
import { isOfSameFace, type Result } from '../result.ts'
import type { Shelf } from '../shelf/shelf.ts'
import { texts } from '../texts/index.ts'
import type { Capturing } from './capturing.ts'
import type { Changes } from './changes.ts'
import { type FacedSubject, silence, type WithPhoto } from './state.ts'
import type { Store } from './store.ts'
import { hasPhoto, subjectAt } from './subject.ts'

/** What is under way with a result's head. */
export interface HeadWork {
  /** What is being made; null: nothing is. */
  making: HeadChoice | null
  /** What is wanted after it. */
  next: HeadChoice | null
  /** What went wrong. */
  error: string | null
}

const idle: HeadWork = { making: null, next: null, error: null }

/** The whole head of a result: made as soon as one is shown, with what is chosen. What fails leaves all as it was. */
export class Heads {
  readonly #store: Store
  readonly #capturing: Capturing
  readonly #shelf: Shelf
  readonly #changes: Changes
  readonly #work = new WeakMap<Result, HeadWork>()
  /** Of the photo that heads are being made of. */
  #photo: { file: Blob; leaving: AbortController } | null = null

  constructor(store: Store, capturing: Capturing, shelf: Shelf, changes: Changes) {
    this.#store = store
    this.#capturing = capturing
    this.#shelf = shelf
    this.#changes = changes
    store.subscribe(() => this.#follow())
  }

  of(result: Result): HeadWork {
    return this.#work.get(result) ?? idle
  }

  /** What a result's head is made with, or will be. */
  chosen(result: Result): HeadChoice {
    const { making, next } = this.of(result)
    const before = this.#before(result)
    return next ?? making ?? madeWith(result) ?? (before && madeWith(before)) ?? this.#store.state.head
  }

  /** Was the face alone chosen of the same face before, where there was a head to choose? */
  #isFaceChosen(result: Result): boolean {
    const before = this.#before(result)
    return before?.cover === 'face' && before.head !== undefined && !whyFaceAlone(before.head.doubts)
  }

  /** The newest other run of the same face: what was chosen for that is chosen for this, until it is changed. */
  #before(result: Result): Result | null {
    const runs = subjectAt(this.#store.state.stage)?.results ?? []
    return runs.findLast((run) => run !== result && run.cover && isOfSameFace(run, result)) ?? null
  }

  /** What new results are shown as. */
  prefer(cover: CoverName, head: HeadChoice) {
    this.#store.set({ cover, head })
  }

  /** Shows the head or the face alone, whatever the photo carries. */
  show(cover: CoverName) {
    const stage = this.#store.at('result')
    if (!stage) return
    const before = stage.result.cover ?? this.#store.state.cover
    if (cover !== before)
      this.#changes.of(stage.result).add({
        what: 'cover',
        undo: () => this.#show(before),
        redo: () => this.#show(cover),
      })
    this.#show(cover)
  }

  #show(cover: CoverName) {
    const stage = this.#store.at('result')
    if (!stage) return
    const { subject, result } = stage
    result.cover = cover
    this.#store.set(silence)
    this.#store.setAt('result', { comparing: null })
    if (cover === 'head' && !result.head) void this.#make(subject, result, this.chosen(result))
    this.#keep(result)
  }

  choose(choice: Partial<HeadChoice>) {
    const stage = this.#store.at('result')
    if (!stage) return
    const before = this.chosen(stage.result)
    const now = { ...before, ...choice }
    const changed = (['hair', 'bust', 'expression'] as const).find((what) => now[what] !== before[what])
    if (changed)
      this.#changes.of(stage.result).add({
        what: changed,
        undo: () => this.#choose(before),
        redo: () => this.#choose(now),
      })
    this.#choose(now)
  }

  #choose(choice: HeadChoice) {
    const stage = this.#store.at('result')
    if (!stage) return
    const { subject, result } = stage
    result.cover = 'head'
    this.#store.set(silence)
    this.#store.setAt('result', { comparing: null })
    void this.#make(subject, result, choice)
  }

  /** The head of a result that is about to be shown, so that it is shown as it will stay. What fails is told with it. */
  async ready(subject: FacedSubject, result: Result) {
    if (this.#store.state.cover !== 'head' || result.head || result.cover) return
    if (this.#isFaceChosen(result)) result.cover = 'face'
    else await this.#make(subject, result, this.chosen(result))
  }

  /**
   * Makes the head of a result that is yet to be shown as that of another of the same face is, or will be.
   *
   * @throws where it cannot be made like that
   */
  async makeLike(subject: FacedSubject, result: Result, model: Result) {
    result.cover = model.cover
    if (!model.head) return
    const wanted = this.chosen(model)
    if (!result.head || !isSameChoice(madeWith(result), wanted)) await this.#make(subject, result, wanted)
    if (!isSameChoice(madeWith(result), wanted))
      throw new Error('No head could be made of the finer texture.')
  }

  areAlike(result: Result, model: Result): boolean {
    if (result.cover !== model.cover) return false
    return !model.head || isSameChoice(madeWith(result), this.chosen(model))
  }

  /** A result that is shown for the first time gets its head. With another photo nobody waits for it any more. */
  #follow() {
    const { stage: now, cover, work, error } = this.#store.state
    if (subjectAt(now)?.photo?.file !== this.#photo?.file) this.#photo?.leaving.abort()
    const stage = this.#store.at('result')
    // Another photo is being opened, or something has failed: that is first.
    if (!stage || cover !== 'head' || work || error) return
    const { subject, result } = stage
    if (!this.#work.has(result)) void this.ready(subject, result)
  }

  /** One after the other; of those that are asked for meanwhile only the last. */
  async #make(subject: FacedSubject, result: Result, choice: HeadChoice) {
    if (!hasPhoto(subject)) return
    if (this.of(result).making) return this.#tell(result, { next: choice })
    const { file } = subject.photo
    if (this.#photo?.file !== file || this.#photo.leaving.signal.aborted)
      this.#photo = { file, leaving: new AbortController() }
    const { signal } = this.#photo.leaving
    try {
      for (let asked: HeadChoice | null = choice; asked; asked = this.of(result).next) {
        this.#tell(result, { making: asked, next: null, error: null })
        await this.#try(subject, result, asked, signal)
      }
    } catch {
      // It is made when the result is shown again.
      this.#work.delete(result)
      return
    }
    if (this.#store.at('result')) this.#store.set({ transfer: null })
    this.#tell(result, { making: null })
  }

  /** @throws where the photo was left */
  async #try(subject: WithPhoto<FacedSubject>, result: Result, choice: HeadChoice, signal: AbortSignal) {
    try {
      this.#take(result, await this.#headOf(subject, result, choice, signal))
      this.#tell(result, { error: null })
    } catch (error) {
      signal.throwIfAborted()
      console.warn(error)
      const { hairMissing, failed } = texts().head
      if (result.head) return this.#tell(result, { error: hairMissing })
      if (choice.hair === 'photo') {
        result.cover = 'face'
        return this.#tell(result, { error: failed })
      }
      // Hair that cannot be had is no reason to have no head.
      await this.#try(subject, result, { ...choice, hair: 'photo' }, signal)
      if (result.head) this.#tell(result, { error: hairMissing })
    }
  }

  async #headOf(
    { photo }: WithPhoto<FacedSubject>,
    { of: made, refined, texture, files }: Result,
    choice: HeadChoice,
    signal: AbortSignal,
  ) {
    const of = { ...made, size: refined.size }
    const record: RunRecord = JSON.parse(await files.record.text())
    return this.#capturing.head(photo, { of, texture, record, ...choice }, signal)
  }

  #take(result: Result, head: SeenHead) {
    result.head = head
    result.cover ??= whyFaceAlone(head.doubts) ? 'face' : 'head'
    this.#keep(result)
  }

  #keep(result: Result) {
    this.#shelf.keepChanged(result)
    this.#store.tell()
  }

  #tell(result: Result, change: Partial<HeadWork>) {
    this.#work.set(result, { ...this.of(result), ...change })
    this.#store.tell()
  }
}

const isSameChoice = (a: HeadChoice | null, b: HeadChoice): boolean =>
  a?.hair === b.hair && a.bust === b.bust && a.expression === b.expression

const madeWith = ({ head }: Result): HeadChoice | null =>
  head ? { hair: head.choice, bust: head.bust ?? true, expression: head.expression ?? 'photo' } : null
