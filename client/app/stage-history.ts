import type { Journey } from './journey/journey.ts'
import type { StageName } from './journey/state.ts'

/** A screen that the browser's Back leads away from. */
export type Place = StageName | 'dialog'

/** What each of this page's entries in the browser's history holds: the places from the first to its own. */
interface Entry {
  places: Place[]
  /** Whose result it is, by its place on the shelf; null: it is none, or has no place there. */
  face: string | null
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
  #face: string | null = null
  /** Asked the browser for another entry, which it has not reached yet. */
  #travelling = false

  constructor(journey: Journey) {
    this.#journey = journey
  }

  /** To be called once it is known what was kept. */
  async start(): Promise<void> {
    const kept = history.state as Entry | null
    const { store, shelf } = this.#journey
    const before = kept?.places?.at(-1)
    if (store.at('photo') && kept?.face && (before === 'result' || before === 'dialog'))
      await shelf.open(kept.face)
    if (before === this.#place) this.#places = kept!.places
    this.#replace()
    addEventListener('popstate', this.#onPop)
    store.subscribe(() => this.#follow())
    this.#follow()
  }

  #follow(): void {
    if (this.#travelling) return
    const place = this.#place
    const now = this.#places.at(-1)!
    if (place === now) {
      if (this.#faceShown !== this.#face) this.#replace()
      return
    }
    const before = this.#places.lastIndexOf(place)
    if (before >= 0) this.#travel(before - (this.#places.length - 1))
    else this.#enter(place, now)
  }

  #enter(place: Place, now: Place): void {
    const isPassing = passing.includes(now) && place !== 'dialog'
    this.#places = [...(isPassing ? this.#places.slice(0, -1) : this.#places), place]
    if (isPassing) this.#replace()
    else history.pushState(this.#entry(), '')
  }

  #replace(): void {
    history.replaceState(this.#entry(), '')
  }

  #entry(): Entry {
    this.#face = this.#faceShown
    return { places: this.#places, face: this.#face }
  }

  get #faceShown(): string | null {
    const stage = this.#journey.store.at('result')
    return stage && this.#journey.shelf.idOf(stage.result)
  }

  get #place(): Place {
    const { stage } = this.#journey.store.state
    return stage.name === 'result' && stage.dialog ? 'dialog' : stage.name
  }

  #travel(steps: number): void {
    this.#travelling = true
    history.go(steps)
  }

  #onPop = async ({ state }: PopStateEvent) => {
    const { places: arrived, face = null } = (state as Entry | null) ?? {}
    // Entries of others, such as of links within the page.
    if (!arrived) return
    const from = this.#places
    this.#places = arrived
    this.#face = face
    if (this.#travelling) {
      this.#travelling = false
      return this.#follow()
    }
    const dialog = document.querySelector<HTMLDialogElement>('dialog[open]')
    // It gives the focus back where it is closed; the rest follows from that.
    if (dialog && arrived.at(-1) === this.#journey.store.state.stage.name) return dialog.close()
    // A face comes from the disk: until then nothing else is to be followed.
    this.#travelling = true
    const isThere = await this.#journey.visit(arrived.at(-1)!, face)
    this.#travelling = false
    if (isThere) this.#follow()
    else this.#travel(from.length - arrived.length)
  }
}
