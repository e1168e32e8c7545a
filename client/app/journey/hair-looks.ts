import type { HairChoice } from '../../head/complete-head.ts'
import type { RestExpression } from '../../head/expressions/rest-expressions.ts'
import { hairChoices } from '../../run/choices.ts'
import { type Result, showsHead } from '../result.ts'
import { facePicture } from '../viewer/face-picture.ts'
import { half } from '../viewer/orbit.ts'
import type { Capturing } from './capturing.ts'
import type { Heads } from './heads.ts'
import { type FacedSubject, silence, type WithPhoto } from './state.ts'
import type { Store } from './store.ts'
import { hasPhoto, subjectAt } from './subject.ts'

/** Pixels a side: twice what a picture takes in the menu, for screens that have two a pixel. */
const side = 320

/** A picture's address; `missing`: its hair cannot be fetched now. */
export type HairLook = string | 'missing'

/** The looks of one head. */
interface Looks {
  bust: boolean
  expression: RestExpression
  made: Map<HairChoice, HairLook>
  /** This browser can make or draw none. */
  isOver: boolean
}

/**
 * What each hair looks like on a result's own head: small pictures, made one after the other while the menu is open and nothing else
 * is. Only the pictures are kept.
 */
export class HairLooks {
  readonly #store: Store
  readonly #capturing: Capturing
  readonly #heads: Heads
  readonly #looks = new WeakMap<Result, Looks>()
  /** The one that is being made. */
  #making: { file: Blob; leaving: AbortController } | null = null

  constructor(store: Store, capturing: Capturing, heads: Heads) {
    this.#store = store
    this.#capturing = capturing
    this.#heads = heads
    store.subscribe(() => this.#follow())
  }

  /** Opens the menu or closes it. What was missing is tried again. */
  open(hairMenu: boolean) {
    const stage = this.#store.at('result')
    if (!stage) return
    const { made } = this.#of(stage.result)
    for (const [hair, look] of made) if (look === 'missing') made.delete(hair)
    this.#store.set(silence)
    this.#store.setAt('result', { hairMenu })
  }

  /** `coming`: it is yet to be made; null: there will be none. */
  look(result: Result, hair: HairChoice): HairLook | 'coming' | null {
    const { made, isOver } = this.#of(result)
    return made.get(hair) ?? (isOver ? null : 'coming')
  }

  /** Looks without a bust, or with another face at rest, are others. */
  #of(result: Result): Looks {
    const { bust, expression } = this.#heads.chosen(result)
    const known = this.#looks.get(result)
    if (known?.bust === bust && known.expression === expression) return known
    const looks: Looks = { bust, expression, made: new Map(), isOver: known?.isOver ?? false }
    this.#looks.set(result, looks)
    return looks
  }

  #follow() {
    const { stage: now, work } = this.#store.state
    if (this.#making && subjectAt(now)?.photo?.file !== this.#making.file) this.#making.leaving.abort()
    const stage = this.#store.at('result')
    if (!stage?.hairMenu || work || this.#making) return
    const { subject, result } = stage
    if (!hasPhoto(subject) || !showsHead(result) || this.#heads.of(result).making) return
    const looks = this.#of(result)
    // What was missing has been had since.
    if (looks.made.get(result.head.choice) === 'missing') looks.made.delete(result.head.choice)
    const hair = hairChoices.find((each) => !looks.made.has(each))
    if (hair && !looks.isOver) void this.#make(subject, result, looks, hair)
  }

  async #make(
    { photo }: WithPhoto<FacedSubject>,
    { of: made, texture, refined }: Result,
    looks: Looks,
    hair: HairChoice,
  ) {
    const leaving = new AbortController()
    this.#making = { file: photo.file, leaving }
    const of = { ...made, size: refined.size }
    const { bust, expression } = looks
    try {
      const seen = await this.#capturing.look(photo, { of, texture, hair, bust, expression }, leaving.signal)
      looks.made.set(hair, await facePicture(seen, side, half))
    } catch (error) {
      if (!leaving.signal.aborted) console.warn(error)
      if (error instanceof Error && error.name === 'ModelError') looks.made.set(hair, 'missing')
      else looks.isOver = !leaving.signal.aborted
    }
    this.#making = null
    this.#store.tell()
  }
}
