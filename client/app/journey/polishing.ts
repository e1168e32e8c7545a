import type { TextureSize } from '../../run/choices.ts'
import type { StepTaken } from '../messages.ts'
import { type Result, resultOf } from '../result.ts'
import { savesData } from '../saves-data.ts'
import { SecondsLeft } from '../seconds-left.ts'
import { hasNothingToMake } from '../seen.ts'
import type { Sharings } from '../sharing/sharings.ts'
import type { Shelf } from '../shelf/shelf.ts'
import type { Capturing } from './capturing.ts'
import type { Changes } from './changes.ts'
import type { Computing } from './computing.ts'
import type { Heads } from './heads.ts'
import { isAtRest } from './result-stage.ts'
import type { Results } from './results.ts'
import type { FacedSubject, Polish, ResultStage, WithPhoto } from './state.ts'
import type { Store } from './store.ts'
import { hasPhoto, withResult } from './subject.ts'
import { type Turns, untilAborted } from './turns.ts'

/**
 * Seconds that a run may take which nobody asked for. Whoever looks at one face has moved on by then, and a device that needs
 * longer had better be left to its owner, battery and fan included.
 */
export const longestPolish = 180

interface Rooms {
  turns: Turns
  capturing: Capturing
  computing: Computing
  results: Results
  shelf: Shelf
  heads: Heads
  sharings: Sharings
  changes: Changes
}

/** A result at once, as it was made: what is painted or chosen since belongs to the next one. */
type Offered = Pick<ResultStage, 'result'> & Pick<FacedSubject, 'faces' | 'strokes'>

/**
 * What the photo of a result at once does not show, made while that result is looked at, downloaded, shared. Its finer texture
 * takes over once nothing is in its way; whatever else is begun ends it, and it begins anew where the result is shown again.
 */
export class Polishing {
  readonly #store: Store
  readonly #rooms: Rooms
  #offered: Offered | null = null
  /** Photos whose owner wants none. */
  readonly #refused = new WeakSet<Blob>()
  /** What is waited for. */
  #awaited: { isSo: () => boolean; resolve: () => void } | null = null

  constructor(store: Store, rooms: Rooms) {
    this.#store = store
    this.#rooms = rooms
    store.subscribe(() => this.#follow())
  }

  /** What a finer texture takes is fetched and started while the head of a result at once is still being made. */
  prepare(subject: WithPhoto<FacedSubject>, result: Result) {
    if (this.#isWanted(subject, result) && !savesData()) this.#rooms.computing.warmUp({ fetching: true })
  }

  #isWanted({ photo, strokes }: WithPhoto<FacedSubject>, { seen }: Result): boolean {
    return !this.#refused.has(photo.file) && !hasNothingToMake(seen, strokes)
  }

  /** A result at once has just been made. */
  offer(subject: WithPhoto<FacedSubject>, result: Result) {
    const { faces, strokes } = subject
    this.#offered = this.#isWanted(subject, result) ? { result, faces, strokes } : null
    this.#follow()
  }

  /** None for this photo. */
  stop() {
    const photo = this.#store.at('result')?.subject.photo
    if (photo) this.#refused.add(photo.file)
    this.#offered = null
    this.#rooms.turns.endBeside()
  }

  #follow() {
    const { polish, work, error, kept } = this.#store.state
    const stage = this.#offeredStage
    if (this.#awaited?.isSo()) this.#awaited.resolve()
    if (polish && (!stage || work)) return this.#rooms.turns.endBeside()
    // What was chosen, and what has failed, is first.
    const isBusy = polish || work || error || kept
    if (stage && !isBusy && !this.#rooms.heads.of(stage.result).making && !savesData())
      void this.#begin(stage)
  }

  /** Where the page is, if it shows what was offered. */
  get #offeredStage(): (ResultStage & { subject: WithPhoto<FacedSubject> }) | null {
    const stage = this.#store.at('result')
    if (!stage || !this.#offered || !hasPhoto(stage.subject)) return null
    const { result, faces, strokes } = this.#offered
    const { subject } = stage
    const isSame = stage.result === result && subject.faces === faces && subject.strokes === strokes
    return isSame ? { ...stage, subject } : null
  }

  async #begin({ subject, result }: ResultStage & { subject: WithPhoto<FacedSubject> }) {
    this.#tell({ at: 'preparing' })
    const isOver = await this.#rooms.turns.beside((signal) => this.#run(subject, result, signal))
    this.#awaited = null
    if (isOver && this.#offered?.result === result) this.#offered = null
    if (this.#store.at('result') && !this.#store.state.work) this.#store.set({ transfer: null })
    this.#tell(null)
  }

  async #run({ photo, strokes }: WithPhoto<FacedSubject>, result: Result, signal: AbortSignal) {
    const { capturing, computing } = this.#rooms
    await untilAborted(computing.getReady({ looked: result.seen, strokes }), signal)
    const { estimate, choices } = this.#store.state
    const { preset, seed } = choices
    const size = result.refined.size as TextureSize
    const seconds = estimate?.[preset][size]
    if (!seconds || seconds > longestPolish) return
    const left = new SecondsLeft(seconds)
    this.#tell({ at: 'making', ...left.told })
    const tell = ({ progress }: StepTaken) => {
      left.hear(progress)
      this.#tell({ at: 'making', ...left.told })
    }
    // Whoever turns the head by hand has the device to themselves.
    const letGo = () => this.#until(() => !this.#store.at('result')?.held, signal)
    let finer: Result
    const start = performance.now()
    const { port1, port2 } = new MessageChannel()
    const seen = await capturing.seeBeside(photo, { ...result.of, size }, signal, port1)
    const end = () => computing.end()
    signal.addEventListener('abort', end)
    try {
      await computing.start({ preset, seed, keep: null, unseen: true }, port2, signal)
      const made = await computing.steps(signal, tell, letGo)
      finer = resultOf(made, seen, result.of, (performance.now() - start) / 1000)
    } finally {
      signal.removeEventListener('abort', end)
      // What was aborted has ended, and the worker may be another's by now.
      if (!signal.aborted) end()
    }
    await this.#takeOver(result, finer, signal)
  }

  /** Not under what lies over the head, nor in the middle of a movement; and with the hair that the head has by then. */
  async #takeOver(result: Result, finer: Result, signal: AbortSignal) {
    const { heads, changes } = this.#rooms
    do {
      if (!this.#isFree(result)) this.#tell({ at: 'made' })
      await this.#until(() => this.#isFree(result), signal)
      await untilAborted(heads.makeLike(this.#offeredStage!.subject, finer, result), signal)
    } while (!this.#isFree(result) || !heads.areAlike(finer, result))
    const { subject: before } = this.#offeredStage!
    // What was shared stays what it was.
    const results = before.results.filter((each) => each !== result || each.shared)
    const subject = withResult({ ...before, results }, finer)
    this.#offered = null
    changes.passOn(result, finer)
    this.#tell(null)
    this.#rooms.results.show(subject, finer)
    this.#rooms.shelf.keep(subject)
  }

  #isFree(result: Result): boolean {
    const stage = this.#offeredStage
    const { heads, sharings } = this.#rooms
    const step = sharings.of(result)?.step
    const isSharing = step === 'sending' || step === 'removing'
    return stage !== null && isAtRest(stage) && !heads.of(result).making && !isSharing
  }

  async #until(isSo: () => boolean, signal: AbortSignal) {
    if (isSo()) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#awaited = { isSo, resolve }
    await untilAborted(promise, signal)
    this.#awaited = null
    signal.throwIfAborted()
  }

  /** What is told in whole seconds is not told more often. */
  #tell(polish: Polish | null) {
    const { polish: before } = this.#store.state
    const isSame =
      before?.at === 'making' &&
      polish?.at === 'making' &&
      before.late === polish.late &&
      Math.ceil(before.secondsLeft ?? 0) === Math.ceil(polish.secondsLeft ?? 0)
    if (!isSame) this.#store.set({ polish })
  }
}
