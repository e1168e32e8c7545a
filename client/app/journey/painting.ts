import type { TextureSize } from '../../run/choices.ts'
import { type PresetName, sizeWith } from '../choices.ts'
import type { Stroke } from '../photo/strokes.ts'
import { proposedCover } from '../seen.ts'
import type { FoundStage } from './state.ts'
import type { Store } from './store.ts'
import type { Turns } from './turns.ts'

/** What is decided before a run: what the brush covers, the preset and the size. */
export class Painting {
  readonly #store: Store
  readonly #turns: Turns

  constructor(store: Store, turns: Turns) {
    this.#store = store
    this.#turns = turns
  }

  paint(stroke: Stroke) {
    const found = this.#store.at('found')
    if (found) this.#add(found, [stroke])
  }

  /** Paints over what seems to cover the face. */
  paintCover() {
    const found = this.#store.at('found')
    if (!found) return
    const { strokes } = found.subject
    const cover = proposedCover(found.seen, strokes)
    if (cover)
      this.#add(
        found,
        cover.strokes.filter((stroke) => !strokes.includes(stroke)),
      )
  }

  /** What was painted at once goes at once. */
  undoStroke() {
    const found = this.#store.at('found')
    if (!found) return
    const { strokes, looked } = found.subject
    const cover = looked?.cover?.strokes ?? []
    const isCover = strokes.length > 0 && cover.includes(strokes[strokes.length - 1])
    this.#setStrokes(
      found,
      isCover ? strokes.filter((stroke) => !cover.includes(stroke)) : strokes.slice(0, -1),
    )
  }

  clearStrokes() {
    const found = this.#store.at('found')
    if (!found) return
    this.#setStrokes(found, [])
    const fault = this.#store.state.error?.fault
    if (fault === 'no-style' || fault === 'little-shown') this.#store.set({ error: null })
  }

  useBrush(out: boolean) {
    this.#stay()
    this.#store.set({ brush: { ...this.#store.state.brush, out } })
  }

  /** @param width as a share of the face's */
  sizeBrush(width: number) {
    this.#store.set({ brush: { ...this.#store.state.brush, width } })
  }

  choosePreset(preset: PresetName) {
    const there = this.#store.at('result')?.result.refined.size ?? 0
    this.#store.set({ choices: { ...this.#store.state.choices, preset, size: sizeWith(preset, there) } })
  }

  chooseSize(size: TextureSize) {
    this.#store.set({ choices: { ...this.#store.state.choices, size } })
  }

  /** Whoever paints stays with the photo, whose head was being made without that. */
  #stay() {
    const found = this.#store.at('found')
    if (!found?.seen || !this.#store.state.work) return
    this.#turns.end()
    this.#store.set({ work: null, transfer: null })
  }

  #add(found: FoundStage, added: readonly Stroke[]) {
    this.#stay()
    this.#setStrokes(found, [...found.subject.strokes, ...added])
  }

  #setStrokes({ subject }: FoundStage, strokes: readonly Stroke[]) {
    this.#store.setAt('found', { subject: { ...subject, strokes } })
  }
}
