import { codeOf, sentence } from '../sentences.ts'
import { resultStage } from './result-stage.ts'
import type { Stage } from './state.ts'
import type { Store } from './store.ts'

/**
 * Work is done in turns: a new photo, another face or a cancel ends the turn before. Whatever that one was at is stopped by
 * its signal, and what can't be stopped is not waited for.
 */
export class Turns {
  readonly #store: Store
  #turn = new AbortController()
  #beside: AbortController | null = null

  constructor(store: Store) {
    this.#store = store
  }

  /**
   * Begins a turn with this work. Its failure ends in one sentence, with the photo, where there is one, still on the stage;
   * that of work whose turn is over is nobody's concern.
   */
  async attempt(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.end()
    this.#turn = new AbortController()
    const { signal } = this.#turn
    try {
      await work(signal)
    } catch (error) {
      if (!signal.aborted) this.fail(error)
    }
  }

  /**
   * Work beside the turns, which nobody asked for: any turn ends it, and its failure is a warning on the console.
   *
   * @returns false: it was ended
   */
  async beside(work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    this.endBeside()
    const beside = new AbortController()
    this.#beside = beside
    try {
      await work(beside.signal)
    } catch (error) {
      if (error instanceof DOMException && error === beside.signal.reason) return false
      console.warn(error)
    } finally {
      if (this.#beside === beside) this.#beside = null
    }
    return true
  }

  endBeside(): void {
    this.#beside?.abort()
    this.#beside = null
  }

  /** Ends the turn, what it is at, and what is done beside it. */
  end(): void {
    this.#turn.abort()
    this.endBeside()
  }

  /** Something that the turn, the next one, or the work beside them cannot do without has failed. */
  fail(error: unknown): void {
    // Nothing else is under way then.
    if (this.#beside) {
      this.#beside.abort(error)
      return
    }
    this.end()
    this.#store.set({
      stage: afterFailure(this.#store.state.stage),
      error: { words: sentence(error), fault: codeOf(error) ?? 'unforeseen' },
      work: null,
      transfer: null,
    })
  }
}

/** A run that fails leads back to the result that it was begun from, or to the photo: what was painted may be what is wrong. */
function afterFailure(stage: Stage): Stage {
  if (stage.name !== 'refining') return stage
  const { subject, before, shown, face } = stage
  if (shown) return resultStage(subject, shown, stage)
  return { name: 'found', subject, seen: subject.looked ?? face?.seen ?? before }
}

/**
 * What comes of some work, unless `signal` ends it before.
 *
 * @throws the signal's reason at once where it is aborted, however long the work itself goes on
 */
export async function untilAborted<Work extends Promise<unknown>>(
  work: Work,
  signal: AbortSignal,
): Promise<Awaited<Work>> {
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([ended, work])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
