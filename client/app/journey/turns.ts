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

  /** Ends the turn, and with it what it is at. */
  end(): void {
    this.#turn.abort()
  }

  /** Something that the turn, or the next one, cannot do without has failed. */
  fail(error: unknown): void {
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
