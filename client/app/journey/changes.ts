import type { Result } from '../result.ts'
import { texts } from '../texts/index.ts'
import type { Store } from './store.ts'
import { type Change, UndoHistory } from './undo-history.ts'

/** What was changed of each result, and on the shelf: it is undone and redone where it is shown. */
export class Changes {
  readonly shelf = new UndoHistory()
  readonly #store: Store
  readonly #results = new WeakMap<Result, UndoHistory>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Of what is shown; null: nothing that is changed. */
  get here(): UndoHistory | null {
    const stage = this.#store.at('result')
    return stage ? this.of(stage.result) : this.#store.at('photo') && this.shelf
  }

  of(result: Result): UndoHistory {
    const known = this.#results.get(result) ?? new UndoHistory()
    this.#results.set(result, known)
    return known
  }

  /** What takes a result's place looks like it: what was changed of the one can be undone of the other. */
  passOn(from: Result, to: Result) {
    this.#results.set(to, this.of(from))
    this.#results.delete(from)
  }

  /** Takes the last change back, and says which. @returns false where there is none */
  undo(): boolean {
    return this.#tell(this.here?.undo(), texts().undo.undone)
  }

  redo(): boolean {
    return this.#tell(this.here?.redo(), texts().undo.redone)
  }

  #tell(change: Change | null | undefined, words: (what: string) => string): boolean {
    if (!change) return false
    this.#store.set({ notice: words(texts().undo.changes[change.what]) })
    return true
  }
}
