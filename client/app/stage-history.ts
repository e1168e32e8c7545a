import type { Journey } from './journey/journey.ts'
import type { StageName } from './journey/state.ts'

/** A screen that the browser's Back leads away from. */
export type Place = StageName | 'dialog'

/** What each of this page's entries in the browser's history holds: the places from the first to its own. */
interface Entry {
  places: Place[]
}

/** Screens that one does not come back to: what follows takes their entry. */
const passing: readonly Place[] = ['camera', 'refining', 'dialog']

/**
 * The browser's Back and Forward within the page: from a result to its photo, not off the site. A page that is loaded at an
 * entry of an earlier visit shows its result again where it was kept.
 *
 * Not for frames: their entries would be the surrounding page's.
 */
export class StageHistory {
  readonly #journey: Journey
  #places: Place[] = ['photo']
  /** Asked the browser for another entry, which it has not reached yet. */
  #travelling = false

  constructor(journey: Journey) {
    this.#journey = journey
  }

  /** To be called once it is known what was kept. */
  start(): void {
    const kept = history.state as Entry | null
    const { store, lastFaces } = this.#journey
    const before = kept?.places?.at(-1)
    if (store.at('photo') && (before === 'result' || before === 'dialog')) lastFaces.show()
    if (before === this.#place) this.#places = kept!.places
    else history.replaceState({ places: this.#places } satisfies Entry, '')
    addEventListener('popstate', this.#onPop)
    store.subscribe(() => this.#follow())
    this.#follow()
  }

  #follow(): void {
    if (this.#travelling) return
    const place = this.#place
    const now = this.#places.at(-1)!
    if (place === now) return
    const before = this.#places.lastIndexOf(place)
    if (before >= 0) this.#travel(before - (this.#places.length - 1))
    else this.#enter(place, now)
  }

  #enter(place: Place, now: Place): void {
    const isPassing = passing.includes(now) && place !== 'dialog'
    this.#places = [...(isPassing ? this.#places.slice(0, -1) : this.#places), place]
    const entry: Entry = { places: this.#places }
    if (isPassing) history.replaceState(entry, '')
    else history.pushState(entry, '')
  }

  get #place(): Place {
    const { stage } = this.#journey.store.state
    return stage.name === 'result' && stage.dialog ? 'dialog' : stage.name
  }

  #travel(steps: number): void {
    this.#travelling = true
    history.go(steps)
  }

  #onPop = ({ state }: PopStateEvent) => {
    const arrived = (state as Entry | null)?.places
    // Entries of others, such as of links within the page.
    if (!arrived) return
    const from = this.#places
    this.#places = arrived
    if (this.#travelling) {
      this.#travelling = false
      return this.#follow()
    }
    const dialog = document.querySelector<HTMLDialogElement>('dialog[open]')
    // It gives the focus back where it is closed; the rest follows from that.
    if (dialog && arrived.at(-1) === this.#journey.store.state.stage.name) return dialog.close()
    if (!this.#journey.visit(arrived.at(-1)!)) this.#travel(from.length - arrived.length)
  }
}
