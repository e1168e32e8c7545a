import { texts } from '../texts/index.ts'
import type { Finding } from './finding.ts'
import { silence } from './state.ts'
import type { Store } from './store.ts'
import type { Turns } from './turns.ts'

/** The webcam, between where it was opened and the photo that it takes. */
export class Camera {
  readonly #store: Store
  readonly #turns: Turns
  readonly #finding: Finding

  constructor(store: Store, turns: Turns, finding: Finding) {
    this.#store = store
    this.#turns = turns
    this.#finding = finding
  }

  open() {
    const { error, notice } = this.#store.state
    const from = this.#store.at('photo') ?? this.#store.at('found') ?? this.#store.at('result')
    if (!from) return
    this.#turns.end()
    const said = { error, notice }
    this.#store.set({ stage: { name: 'camera', ready: false, from, said }, ...silence, work: null })
  }

  /** There is a picture. */
  ready() {
    this.#store.setAt('camera', { ready: true })
  }

  /** The shutter was pressed; the picture follows. */
  shoot() {
    this.#store.set({ work: { words: texts().work.shooting, fraction: null } })
  }

  /** Back to where it was opened. @param why one sentence, where it is the camera that failed */
  close(why: string | null = null) {
    const camera = this.#store.at('camera')
    if (!camera) return
    const { from, said } = camera
    const fault = said.error?.fault ?? null
    this.#store.set({ stage: from, ...said, ...(why && { error: { words: why, fault } }), work: null })
    // What was under way when it was opened is begun anew.
    if (from.name === 'found' && !from.seen && !fault) void this.#finding.lookAgain()
  }
}
