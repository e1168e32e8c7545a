import type { RefinementError } from '../../refine/refinement-error.ts'
import { defaultSeed, sizeOfFace } from '../../run/choices.ts'
import { sizeWith } from '../choices.ts'
import {
  forgetCheckpoint,
  forgetRun,
  type Kept,
  type KeptRun,
  keepRun,
  keptRun,
  type Place,
} from '../kept-run.ts'
import type { StepTaken } from '../messages.ts'
import { type FaceInPhoto, type Result, resultOf } from '../result.ts'
import { SecondsLeft } from '../seconds-left.ts'
import { hasNothingToMake } from '../seen.ts'
import type { Shelf } from '../shelf/shelf.ts'
import { texts } from '../texts/index.ts'
import type { Capturing } from './capturing.ts'
import type { Computing } from './computing.ts'
import type { Finding } from './finding.ts'
import type { Heads } from './heads.ts'
import type { Polishing } from './polishing.ts'
import type { Results } from './results.ts'
import {
  type FacedSubject,
  type RefiningStage,
  type Run,
  type Subject,
  silence,
  type WithPhoto,
} from './state.ts'
import type { Store } from './store.ts'
import { dismiss, hasFace, hasPhoto, subjectAt, subjectOf, withResult } from './subject.ts'
import { type Turns, untilAborted } from './turns.ts'

interface Rooms {
  turns: Turns
  capturing: Capturing
  computing: Computing
  finding: Finding
  results: Results
  shelf: Shelf
  heads: Heads
  polishing: Polishing
}

/** A run: begun, paused, left, gone on with, finished. A turn of its own, which ends it. */
export class Refining {
  readonly #store: Store
  readonly #rooms: Rooms
  #goOn: () => void = () => {}
  /** This browser's one place for a kept run, as soon as it is had; null: the run has none, or there is no run. */
  #place: Promise<Place | null> = nowhere
  /** The place of the run before, until it is left. */
  #left: Promise<void> = Promise.resolve()

  constructor(store: Store, rooms: Rooms) {
    this.#store = store
    this.#rooms = rooms
  }

  /** A photo that was opened is shown as a head, unless somebody has begun to paint. Within the turn of whoever opened it. */
  async showOpened(signal: AbortSignal) {
    const { brush } = this.#store.state
    const isPainted = brush.out || this.#store.at('found')?.subject.strokes.length !== 0
    if (isPainted) this.#store.set({ work: null })
    else await this.#instant(signal)
  }

  /** What was chosen and painted, shown as a head. */
  async show() {
    if (!this.#store.at('found')) return
    this.#store.set({ error: null })
    await this.#rooms.turns.attempt((signal) => this.#instant(signal))
  }

  /** The head as the photo shows it, with no step taken: there within seconds. */
  async #instant(signal: AbortSignal) {
    const found = this.#store.at('found')
    if (!found || !hasFace(found.subject)) return
    const { subject } = found
    const { capturing, computing, heads } = this.#rooms
    const start = performance.now()
    const { port1, port2 } = new MessageChannel()
    const of = faceIn(subject)
    const request = { ...of, size: sizeOfFace(of.face) }
    const seen = await capturing.see(subject.photo, request, signal, port1)
    this.#store.set({ work: { words: texts().work.head, fraction: null, waits: true } })
    await computing.start({ preset: 'instant', seed: defaultSeed, keep: null }, port2, signal)
    const made = await computing.steps(signal)
    const result = resultOf(made, seen, of, (performance.now() - start) / 1000)
    const now = withResult(subject, result)
    this.#rooms.polishing.prepare(now, result)
    await untilAborted(heads.ready(now, result), signal)
    const { choices } = this.#store.state
    this.#store.set({ choices: { ...choices, size: sizeWith(choices.preset, result.refined.size) } })
    this.#show(now, result)
    this.#rooms.polishing.offer(now, result)
  }

  /** What a finer run takes is fetched and started, and how long it will take here is found out. */
  async getReady() {
    const stage = this.#store.at('result')
    if (!stage) return
    const { seen, of } = stage.result
    await this.#rooms.computing.getReady({ looked: seen, strokes: of.strokes })
  }

  /** From the photo and what was painted, or what a result was made of, to the files, step by step. */
  async refine() {
    const { stage } = this.#store.state
    if (stage.name !== 'found' && stage.name !== 'result') return
    const { subject } = stage
    const shown = stage.name === 'result' ? stage.result : null
    const before = stage.name === 'found' ? stage.seen : stage.result.seen
    if (hasFace(subject) && hasPhoto(subject))
      await this.#attempt((signal) => this.#run(subject, { before, shown }, signal))
  }

  /** Goes on with the run that was left behind: the photo is opened and measured again, the steps taken stay. */
  async resumeKept() {
    const { kept } = this.#store.state
    if (!kept) return
    const { photo: file, name, face, strokes, preset, size, seed } = kept.run
    await this.#attempt(async (signal) => {
      this.#store.begin(texts().work.opening, { kept: null })
      this.#store.set({ choices: { preset, size, seed } })
      const { stage } = this.#store.state
      const present = subjectAt(stage)
      if (isRunOf(kept.run, present)) {
        const from = stage.name === 'result' ? stage.result : null
        const told = { before: from?.seen ?? present.looked, shown: from }
        return this.#run(present, told, signal, kept)
      }
      const { width, height } = await this.#rooms.capturing.open(file, name, signal)
      dismiss(subjectAt(this.#store.state.stage))
      const photo = { name, file, original: file, turns: 0, source: 'file' as const, width, height }
      const subject = { ...subjectOf(photo), faces: { all: [face], chosen: face }, strokes }
      await this.#run(subject, { before: null, shown: null }, signal, kept)
    })
    // Of a run that led nowhere there is a face all the same, as the photo shows it.
    const { error } = this.#store.state
    if (error?.fault && ledNowhere.has(error.fault) && this.#store.at('found'))
      await this.#rooms.turns.attempt((signal) => this.#instant(signal))
  }

  async discardKept() {
    this.#store.set({ kept: null })
    await forgetRun()
  }

  pause() {
    this.#change({ paused: true })
  }

  resume() {
    this.#change({ paused: false })
    this.#goOn()
  }

  /** Back to the result that it was begun from, or to the photo: all that was there still is. */
  cancel() {
    const refining = this.#store.at('refining')
    if (!refining) return
    this.#forget()
    this.#leave(refining)
  }

  /** The same, and the run can be gone on with. */
  async setAside() {
    const refining = this.#store.at('refining')
    if (!refining) return
    this.#leave(refining)
    await this.#offerKept()
  }

  /** A run, or the begin of one. Whatever it fails of, it can be gone on with. */
  async #attempt(work: (signal: AbortSignal) => Promise<void>) {
    await this.#rooms.turns.attempt(work)
    const { error } = this.#store.state
    if (error?.fault === 'bad-checkpoint') await forgetCheckpoint()
    if (error) await this.#offerKept()
  }

  async #offerKept() {
    await this.#left
    const kept = await keptRun()
    if (!this.#store.at('refining') && !this.#store.state.work) this.#store.set({ kept })
  }

  #leave({ subject, shown }: RefiningStage) {
    const { turns, results, finding } = this.#rooms
    turns.end()
    if (!shown) return finding.showPhoto(subject)
    this.#store.set({ ...silence, work: null, transfer: null })
    results.show(subject, shown)
  }

  async #run(
    subject: WithPhoto<FacedSubject>,
    { before, shown }: Pick<RefiningStage, 'before' | 'shown'>,
    signal: AbortSignal,
    kept?: Kept,
  ) {
    const start = performance.now()
    const { choices, estimate, brush } = this.#store.state
    const { photo } = subject
    const { face, strokes } = kept?.run ?? shown?.of ?? faceIn(subject)
    const of = { face, strokes }
    // Of a run that goes on, nobody knows how much is left, and one with nothing to make is done at once.
    const isKnown = !kept && !(before && hasNothingToMake(before, strokes))
    const left = new SecondsLeft((isKnown && estimate?.[choices.preset][choices.size]) || null)
    const run: Run = { paused: false, runsOn: null, progress: null, ...left.told }
    this.#store.set({
      stage: {
        name: 'refining',
        subject: { ...subject, shown },
        before,
        shown,
        face: null,
        run,
        view: null,
      },
      brush: { ...brush, out: false },
      kept: null,
      ...silence,
    })
    const end = () => this.#end()
    signal.addEventListener('abort', end)
    const place = this.#left.then(() =>
      keepRun({ photo: photo.file, name: photo.name, ...of, ...choices }, kept),
    )
    this.#place = place
    const { port1, port2 } = new MessageChannel()
    const request = { ...of, size: choices.size }
    const seen = await this.#rooms.capturing.see(photo, request, signal, port1)
    this.#store.setAt('refining', { face: { seen, texture: seen.initial } })
    this.#store.set({ work: { words: texts().work.ready, fraction: null, waits: true } })
    const had = await untilAborted(place, signal)
    if (!had) this.#store.set({ notice: texts().notices.anotherTab })
    const { preset, seed } = choices
    const asked = { preset, seed, from: kept?.checkpoint ?? undefined, keep: had?.run ?? null }
    const runsOn = await this.#rooms.computing.start(asked, port2, signal)
    this.#store.set({ work: null, transfer: null })
    this.#change({ runsOn })
    const tell = (news: StepTaken) => this.#tell(news, left)
    const last = await this.#rooms.computing.steps(signal, tell, () => this.#unpaused(signal))
    const secondsBefore = kept?.checkpoint?.seconds ?? 0
    const seconds = secondsBefore + (performance.now() - start) / 1000
    await this.#finish(resultOf(last, seen, of, seconds), signal)
    signal.removeEventListener('abort', end)
    this.#forget()
  }

  #tell({ losses, pixels, progress }: StepTaken, left: SecondsLeft) {
    const { face } = this.#store.at('refining')!
    if (losses > 0) this.#store.set({ notice: texts().notices.deviceLost })
    this.#store.set({ doing: null })
    if (pixels) this.#store.setAt('refining', { face: { ...face!, texture: pixels } })
    left.hear(progress)
    this.#change({ progress, ...left.told })
  }

  async #unpaused(signal: AbortSignal) {
    while (this.#store.at('refining')?.run.paused) {
      const goingOn = new Promise<void>((resolve) => {
        this.#goOn = resolve
      })
      await untilAborted(goingOn, signal)
    }
  }

  async #finish(result: Result, signal: AbortSignal) {
    this.#rooms.computing.end()
    const { subject } = this.#store.at('refining')!
    const now = withResult(subject, result)
    this.#store.set({ work: { words: texts().work.head, fraction: null, waits: true } })
    await untilAborted(this.#rooms.heads.ready(now, result), signal)
    this.#store.set({ notice: null })
    this.#show(now, result)
  }

  #show(subject: FacedSubject, result: Result) {
    this.#rooms.results.show(subject, result)
    this.#rooms.shelf.keep(subject)
    // Last: whoever waits for the end of the work finds the result.
    const { brush } = this.#store.state
    this.#store.set({ work: null, transfer: null, doing: null, brush: { ...brush, out: false } })
  }

  /** However a run ends, the device is freed. What is kept of it stays. */
  #end() {
    this.#rooms.computing.end()
    this.#left = this.#place.then((place) => place?.release())
    this.#place = nowhere
  }

  /** It is done, or not wanted any more. */
  #forget() {
    this.#left = this.#place.then((place) => place?.forget())
    this.#place = nowhere
  }

  #change(change: Partial<Run>) {
    const refining = this.#store.at('refining')
    if (refining) this.#store.setAt('refining', { run: { ...refining.run, ...change } })
  }
}

const nowhere = Promise.resolve(null)

/** Codes of errors of what was computed, not of the photo. */
const ledNowhere: ReadonlySet<string> = new Set<RefinementError['code']>(['diverged', 'garbled'])

/** The face that is chosen, and what is painted. */
const faceIn = ({ faces, strokes }: FacedSubject): FaceInPhoto => ({ face: faces.chosen, strokes })

/** Was the run begun with this photo and its face? What was kept of the photo is a copy. */
function isRunOf(
  { photo, name, face }: KeptRun,
  subject: Subject | null,
): subject is WithPhoto<FacedSubject> {
  if (!hasFace(subject) || !hasPhoto(subject)) return false
  const { file } = subject.photo
  const { x, y, width, height } = subject.faces.chosen
  const isSameFace = face.x === x && face.y === y && face.width === width && face.height === height
  return isSameFace && subject.photo.name === name && file.size === photo.size && file.type === photo.type
}
