import { languageOf, texts, useLanguage } from '../texts/index.ts'
import type { Store } from './store.ts'

/** What the top bar offers, whatever the page is at. */
export class Settings {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async chooseLanguage(tag: string) {
    const nextLanguage = languageOf([tag])
    this.#store.set({ nextLanguage })
    try {
      const language = await useLanguage(tag)
      // Unless another was chosen meanwhile.
      if (this.#store.state.nextLanguage === nextLanguage) this.#store.set({ language, nextLanguage: null })
    } catch {
      const fault = this.#store.state.error?.fault ?? null
      this.#store.set({ nextLanguage: null, error: { words: texts().errors.language, fault } })
    }
  }

  allowMotion(motion: boolean) {
    this.#store.set({ motion })
  }

  allowShortcuts(on: boolean) {
    this.#store.set({ shortcuts: { ...this.#store.state.shortcuts, on } })
  }

  /** Opens or closes the sheet of shortcuts. */
  showShortcuts(open: boolean) {
    this.#store.set({ shortcuts: { ...this.#store.state.shortcuts, open } })
  }

  /** A link to another page of this site was followed. */
  leave(leaving: boolean) {
    this.#store.set({ leaving })
    // By then the browser has given up, or was told to.
    if (leaving) setTimeout(() => this.#store.set({ leaving: false }), 20_000)
  }
}
