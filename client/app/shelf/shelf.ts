import type { PresetName } from '../choices.ts'
import type { Changes } from '../journey/changes.ts'
import type { Results } from '../journey/results.ts'
import { type FacedSubject, silence } from '../journey/state.ts'
import type { Store } from '../journey/store.ts'
import { dismiss, hasFace, subjectAt, subjectOf, withoutPhoto } from '../journey/subject.ts'
import { type Turns, untilAborted } from '../journey/turns.ts'
import { forgetRun } from '../kept-run.ts'
import { isOfSameFace, type Result } from '../result.ts'
import { texts } from '../texts/index.ts'
import { drawn } from '../views/stage.ts'
import { hearOthers } from './channel.ts'
import { forgetOlderFace, olderFace } from './older-face.ts'
import * as records from './records.ts'
import type { ShelfState, ShownCard, Unkept } from './shelf-state.ts'
import {
  binaryBytes,
  type Card,
  nameOf,
  photoEnd,
  type ShelvedFace,
  type ShelvedPhoto,
} from './shelved-face.ts'
import { stored } from './stored-face.ts'
import { thumbnail } from './thumbnail.ts'

/** A result of this page and its place on the shelf. */
interface Placed {
  card: Card
  face: ShelvedFace
  /** Of which head or face its picture is. */
  pictured: Pick<Result, 'head' | 'cover'> | null
}

/** A face that lasts as long as the page, because it could not be kept. */
interface Loose extends Placed {
  photo: ShelvedPhoto | null
  why: Unkept
}

/** The faces that were finished, kept on this device: shown again, named, copied, deleted. */
export class Shelf {
  readonly #store: Store
  readonly #turns: Turns
  readonly #results: Results
  readonly #changes: Changes
  readonly #placed = new WeakMap<Result, Placed>()
  /** Results by the photo that they are of. */
  readonly #ofPhoto = new WeakMap<Blob, Result[]>()
  readonly #loose = new Map<string, Loose>()
  #deleted: { taken: records.Taken; loose: Loose | undefined } | null = null
  #older: Promise<void> | null = null

  constructor(store: Store, turns: Turns, results: Results, changes: Changes) {
    this.#store = store
    this.#turns = turns
    this.#results = results
    this.#changes = changes
  }

  /** Looks what is on the shelf; the first time also what an older version of the page left. */
  async look() {
    this.#older ??= this.#takeOver().catch(() => {})
    await this.#older
    // Closed storage is an empty shelf.
    const kept = await records.cards(Date.now()).catch(() => [])
    const loose = [...this.#loose.values()].map(({ card, why }): ShownCard => ({ ...card, unkept: why }))
    const cards = [...loose, ...kept.filter(({ id }) => !this.#loose.has(id))]
    this.#set({ cards: cards.sort((a, b) => b.date - a.date) })
  }

  /** What other tabs change is shown here too. */
  followOthers() {
    hearOthers(() => void this.look())
  }

  /** Keeps the newest result of a photo. One that took no step gives its place to the next of the same face. */
  keep({ photo, faces, results }: FacedSubject) {
    const result = results.at(-1)!
    const { choices } = this.#store.state
    const face = { faces: faces.all, result, ...choices }
    const before = photo && this.#giveUpPlace(photo.file, result)
    const card: Card = {
      id: before?.card.id ?? crypto.randomUUID(),
      name: before?.card.name ?? nameOf(photo?.name ?? ''),
      date: Date.now(),
      ...{ thumbnail: null, bytes: 0, photo: null },
    }
    const placed: Placed = { card, face, pictured: null }
    this.#place(result, placed, photo?.file)
    this.#forgetDeleted()
    void this.#save(placed, photo && withoutUrl(photo), true)
  }

  /** What has changed of a result that is kept. */
  keepChanged(result: Result) {
    const placed = this.#placed.get(result)
    if (placed) void this.#save(placed, this.#loose.get(placed.card.id)?.photo ?? null, false)
  }

  /** The means to delete what was shared stay with the result. */
  remember(result: Result, shared: Result['shared'] | null) {
    if (shared) result.shared = shared
    else delete result.shared
    this.keepChanged(result)
  }

  /** null: it is not on the shelf. */
  cardOf(result: Result): ShownCard | null {
    const id = this.idOf(result)
    return this.#store.state.shelf.cards.find((card) => card.id === id) ?? null
  }

  idOf(result: Result): string | null {
    return this.#placed.get(result)?.card.id ?? null
  }

  /** Shows a face, with all that can be done with it. */
  async open(id: string) {
    if (this.#store.at('refining')) return
    const present = subjectAt(this.#store.state.stage)
    const run = present?.results.find((result) => this.idOf(result) === id)
    this.#forgetDeleted()
    if (hasFace(present) && run) {
      this.#turns.end()
      this.#store.set({ ...silence, work: null, transfer: null })
      return this.#results.show(present, run)
    }
    await this.#turns.attempt(async (signal) => {
      this.#store.begin(texts().work.shelf)
      const found = this.#loose.get(id) ?? (await untilAborted(records.face(id, Date.now()), signal))
      if (!found) {
        this.#store.set({ work: null, notice: texts().shelf.gone })
        return this.look()
      }
      const subject = this.#takeUp(id, found)
      this.#store.set({ work: null, transfer: null })
      this.#results.show(subject, found.face.result)
    })
  }

  /** The choices come back with the face. */
  #takeUp(id: string, { face, photo }: { face: ShelvedFace; photo: ShelvedPhoto | null }): FacedSubject {
    const { faces, result, preset, size, seed } = face
    const { stage, brush, shelf } = this.#store.state
    const { unkept: _, ...card } = shelf.cards.find((each) => each.id === id)!
    this.#place(result, { card, face, pictured: { ...result } }, photo?.file)
    // Without the photo no head can be made.
    if (!photo && !result.head) result.cover = 'face'
    dismiss(subjectAt(stage))
    this.#store.set({
      choices: { preset: preset as PresetName, size, seed },
      brush: { ...brush, out: false },
    })
    return {
      ...(photo ? subjectOf(photo) : withoutPhoto),
      faces: { all: faces, chosen: result.of.face },
      strokes: result.of.strokes,
      results: [result],
    }
  }

  async rename(id: string, name: string) {
    const from = this.#store.state.shelf.cards.find((each) => each.id === id)?.name
    if (from === undefined || from === name || !(await this.#rename(id, name))) return
    this.#changes.shelf.add({
      what: 'name',
      undo: () => void this.#rename(id, from),
      redo: () => void this.#rename(id, name),
    })
    this.#set({ renamed: { from, to: name } })
  }

  async #rename(id: string, name: string): Promise<boolean> {
    this.#set({ renamed: null })
    const loose = this.#loose.get(id)
    if (loose) loose.card.name = name
    const isRenamed = loose !== undefined || (await this.#change(() => records.changeCard(id, { name })))
    await this.look()
    return isRenamed
  }

  async duplicate(id: string) {
    const { cards } = this.#store.state.shelf
    const card = cards.find((each) => each.id === id)
    if (!card) return
    const as = { id: crypto.randomUUID(), name: texts().shelf.copyOf(card.name), date: Date.now() }
    await this.#change(() => records.duplicate(id, as))
    await this.look()
  }

  /** Off the device at once; until another is deleted, opened or made it can be put back. */
  async delete(id: string) {
    const card = this.#store.state.shelf.cards.find((each) => each.id === id)
    if (!card) return
    this.#leaveBehind((result) => this.idOf(result) === id)
    const loose = this.#loose.get(id)
    this.#loose.delete(id)
    await this.#change(async () => {
      this.#deleted = { taken: loose ? [] : await records.take(id), loose }
      this.#changes.shelf.forget('deletion')
      this.#changes.shelf.add({
        what: 'deletion',
        undo: () => void this.putBack(),
        redo: () => void this.delete(id),
      })
      this.#set({ deleted: card.name, renamed: null })
    })
    await this.#keepLoose()
    await this.look()
  }

  async putBack() {
    if (!this.#deleted) return
    const { taken, loose } = this.#deleted
    const isBack = await this.#change(() => records.putBack(taken))
    if (loose) this.#loose.set(loose.card.id, loose)
    if (isBack || loose) this.#forgetDeleted()
    await this.look()
  }

  /** Asks whether everything is really to be removed, or takes the question back. */
  ask(emptying: boolean) {
    this.#set({ emptying })
  }

  /** Faces, photos and the run that was left unfinished: all that this page keeps of people. */
  async empty() {
    this.#leaveBehind(() => true)
    this.#loose.clear()
    this.#forgetDeleted()
    this.#changes.shelf.forget('name')
    await this.#change(records.removeAll)
    await forgetOlderFace()
    await forgetRun()
    this.#store.set({ kept: null })
    this.#set({ emptying: false })
    await this.look()
  }

  /** Keeps the photo that is at hand with its result, or throws the kept one away. */
  async keepPhoto({ photo }: FacedSubject, result: Result, wanted: boolean) {
    const id = this.idOf(result)
    if (!id || !photo) return
    const kept = wanted ? { bytes: photo.file.size, until: photoEnd(Date.now()) } : null
    // The tick stays where it was put while the disk is at work.
    const { cards } = this.#store.state.shelf
    this.#set({ cards: cards.map((card) => (card.id === id ? { ...card, photo: kept } : card)) })
    await this.#change(() =>
      kept ? records.putPhoto(id, withoutUrl(photo), kept.until) : records.removePhoto(id),
    )
    await this.look()
  }

  #place(result: Result, placed: Placed, photo: Blob | undefined) {
    this.#placed.set(result, placed)
    if (photo) this.#ofPhoto.set(photo, [...(this.#ofPhoto.get(photo) ?? []), result])
  }

  /** The place of an earlier result that took no step, and that no link leads to. */
  #giveUpPlace(photo: Blob, next: Result): Placed | undefined {
    const before = this.#ofPhoto
      .get(photo)
      ?.find(
        (each) =>
          this.#placed.has(each) && !each.refined.optimised && !each.shared && isOfSameFace(each, next),
      )
    const placed = before && this.#placed.get(before)
    if (before) this.#placed.delete(before)
    return placed
  }

  /** First the face, then its picture: drawing takes a moment, and may be impossible. */
  async #save(placed: Placed, photo: ShelvedPhoto | null, isNew: boolean) {
    const { card, face } = placed
    card.bytes = binaryBytes(stored(face))
    const isLoose = this.#loose.has(card.id)
    try {
      await records.putFace(card, face, isNew || isLoose)
      this.#loose.delete(card.id)
    } catch (error) {
      this.#loose.set(card.id, { ...placed, photo, why: reasonOf(error) })
    }
    await this.look()
    await this.#picture(placed)
  }

  async #picture(placed: Placed) {
    const { card, face, pictured } = placed
    const { head, cover } = face.result
    if (pictured?.head === head && pictured?.cover === cover && card.thumbnail) return
    placed.pictured = { head, cover }
    const drawing = thumbnail(drawn(face.result))
    // Without WebGL there are names and dates.
    const picture = await drawing.catch(() => null)
    if (!picture) return
    card.thumbnail = picture
    if (!this.#loose.has(card.id)) await records.changeCard(card.id, { thumbnail: picture }).catch(() => {})
    await this.look()
  }

  /** There may be room now. */
  async #keepLoose() {
    for (const loose of [...this.#loose.values()]) await this.#save(loose, loose.photo, true)
  }

  /** What fails is said in a sentence, and leaves all as it was. */
  async #change(change: () => Promise<void>): Promise<boolean> {
    try {
      await change()
      return true
    } catch (error) {
      this.#store.set({ error: { words: texts().shelf.unchanged[reasonOf(error)], fault: null } })
      return false
    }
  }

  /** The first screen's way forward does not lead to what was deleted. */
  #leaveBehind(isGone: (result: Result) => boolean) {
    const behind = this.#store.at('photo')?.behind
    if (!behind?.results.some(isGone)) return
    dismiss(behind)
    this.#store.setAt('photo', { behind: null })
  }

  async #takeOver() {
    const older = await olderFace()
    if (!older) return
    const { name, face } = older
    const card: Card = {
      // The same in every tab.
      id: 'older',
      name: nameOf(name),
      date: Date.now(),
      ...{ thumbnail: null, bytes: binaryBytes(stored(face)), photo: null },
    }
    await records.putFace(card, face, true)
    await forgetOlderFace()
    void this.#picture({ card, face, pictured: null })
  }

  #forgetDeleted() {
    this.#deleted = null
    this.#changes.shelf.forget('deletion')
    this.#set({ deleted: null, renamed: null })
  }

  #set(change: Partial<ShelfState>) {
    this.#store.set({ shelf: { ...this.#store.state.shelf, ...change } })
  }
}

const reasonOf = (error: unknown): Unkept =>
  error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'closed'

const withoutUrl = ({ url: _, ...photo }: ShelvedPhoto & { url?: string }): ShelvedPhoto => photo
