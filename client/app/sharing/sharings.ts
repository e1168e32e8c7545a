import type { Result } from '../result.ts'
import { type Shared, Sharing, type SharingStep } from './sharing.ts'

interface Options {
  /** The widget's publishable key, where the page is a widget's. */
  key: string | undefined
  /** Called after every change of one of them. */
  changed(): void
  /** Told when a result is shared, and with null when what was shared is deleted. */
  onShared(result: Result, shared: Shared | null): void
}

const unsent: ReadonlySet<SharingStep> = new Set(['preparing', 'consent'])

/** With what was shown when it was begun. */
interface Begun extends Pick<Result, 'head' | 'cover'> {
  sharing: Sharing
}

/** What of the results is being shared, or was: each stays as it is until its page is left. */
export class Sharings {
  readonly #options: Options
  readonly #begun = new WeakMap<Result, Begun>()

  constructor(options: Options) {
    this.#options = options
  }

  of(result: Result): Sharing | undefined {
    return this.#begun.get(result)?.sharing
  }

  /** Begins to share a result, where that has not begun. @param photo the original file, where it is at hand; see {@link Sharing} */
  open(result: Result, photo: Blob | null): void {
    const { head, cover } = result
    const begun = this.#begun.get(result)
    const isChanged = begun && (begun.head !== head || begun.cover !== cover)
    // What was not sent yet is made anew where another head is shown now.
    if (begun && !(isChanged && unsent.has(begun.sharing.step))) return
    const { changed, key, onShared } = this.#options
    const sharing = new Sharing(changed, result, photo, key, (shared) => onShared(result, shared))
    this.#begun.set(result, { sharing, head, cover })
  }

  /** What was deleted can be shared anew. */
  close(result: Result): void {
    if (this.of(result)?.step === 'removed') this.#begun.delete(result)
  }
}
