import type { Result } from '../result.ts'
import { type Shared, Sharing } from './sharing.ts'

interface Options {
  /** The widget's publishable key, where the page is a widget's. */
  key: string | undefined
  /** Called after every change of one of them. */
  changed(): void
  /** Told when a result is shared, and with null when what was shared is deleted. */
  onShared(result: Result, shared: Shared | null): void
}

/** What of the results is being shared, or was: each stays as it is until its page is left. */
export class Sharings {
  readonly #options: Options
  readonly #begun = new WeakMap<Result, Sharing>()

  constructor(options: Options) {
    this.#options = options
  }

  of(result: Result): Sharing | undefined {
    return this.#begun.get(result)
  }

  /** Begins to share a result, where that has not begun. @param photo the original file, see {@link Sharing} */
  open(result: Result, photo: Blob): void {
    if (this.#begun.has(result)) return
    const { changed, key, onShared } = this.#options
    this.#begun.set(result, new Sharing(changed, result, photo, key, (shared) => onShared(result, shared)))
  }

  /** What was deleted can be shared anew. */
  close(result: Result): void {
    if (this.#begun.get(result)?.step === 'removed') this.#begun.delete(result)
  }
}
