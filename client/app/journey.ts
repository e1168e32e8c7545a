import { transfer } from 'comlink'
import type { CaptureStage } from '../capture/capture.ts'
import type { FaceBox } from '../capture/types.ts'
import type { DownloadProgress } from '../runtime/models.ts'
import type { CaptureWorker, SeenFace } from './capture.worker.ts'
import { type DownloadForm, type DownloadKind, download } from './download.ts'
import { forgetRun, type Kept, keepRun, keptRun } from './kept-run.ts'
import type { Stroke } from './photo/strokes.ts'
import type { Finished, RefineWorker } from './refine.worker.ts'
import { resultOf } from './result.ts'
import { isComplete, photoNotice } from './seen.ts'
import { sentence } from './sentences.ts'
import { Sharing } from './sharing/sharing.ts'
import {
  type Comparing,
  type Dialog,
  firstState,
  type PresetName,
  presetSizes,
  type Result,
  type State,
  type TextureSize,
} from './state.ts'
import { texts, useLanguage } from './texts/index.ts'
import type { ViewName } from './viewer/orbit.ts'
import { type Running, reporter, startCaptureWorker, startRefineWorker } from './workers.ts'

/** Texture size of the first look at a face: enough for the words and the overlay. */
const firstLook = 256

/** The service that results are shared with, where the page is not its own (in the widget). */
export interface SharedWith {
  /** The widget's publishable key. */
  key?: string
}

/**
 * The walk from a photo to a result: every change of the page's state is a method here.
 *
 * Work is numbered by turns: a new photo, another face or a cancel begins a new turn, and whatever an older turn still
 * answers is dropped.
 */
export class Journey {
  readonly state: State = { ...firstState }
  #changed: () => void
  #sharedWith: SharedWith
  #turn = 0
  #capturing: Running<CaptureWorker> | null = null
  #refining: Running<RefineWorker> | null = null
  #resume: () => void = () => {}
  /** Gives back this browser's one place for a kept run. */
  #place: { release(): void } | null = null

  /** @param changed called after every change of `state` */
  constructor(changed: () => void, sharedWith: SharedWith = {}) {
    this.#changed = changed
    this.#sharedWith = sharedWith
  }

  async chooseLanguage(tag: string) {
    this.#set({ language: await useLanguage(tag) })
  }

  /** Looks whether the last visit left a run behind; the first screen then offers it. */
  async findKept() {
    const kept = await keptRun()
    if (kept && this.state.stage === 'photo') this.#set({ kept })
  }

  async discardKept() {
    this.#set({ kept: null })
    await forgetRun()
  }

  /** Goes on with the run that was left behind: the photo is opened and measured again, the steps taken stay. */
  async resumeKept() {
    const { kept } = this.state
    if (!kept) return
    const { run } = kept
    const { photo, name, face, strokes, preset, size, seed } = run
    await this.#attempt(async (isCurrent) => {
      this.#set({
        kept: null,
        error: null,
        notice: null,
        work: { words: texts().work.opening, fraction: null },
      })
      const { width, height } = await this.#captureWorker().open(photo, name)
      if (!isCurrent()) return
      this.#forgetPhoto()
      const open = { name, file: photo, url: URL.createObjectURL(photo), width, height }
      this.#set({ photo: open, faces: [face], face, strokes: [...strokes], preset, size, seed })
      await this.#run(isCurrent, kept)
    })
  }

  /** Takes the first of the files given; says so where there are more. A file that fails leaves all as it was. */
  async choosePhoto(files: readonly File[]) {
    if (this.state.stage === 'refining') return this.#set({ notice: texts().notices.busy })
    const [file] = files
    if (!file) return this.#set({ error: texts().errors.noImage })
    await this.#attempt(async (isCurrent) => {
      const { work } = texts()
      this.#set({ error: null, notice: null, dialog: null, work: { words: work.opening, fraction: null } })
      const { width, height, greyscale } = await this.#captureWorker().open(file, file.name)
      if (!isCurrent()) return
      this.#forgetPhoto()
      this.#set({
        stage: 'found',
        kept: null,
        photo: { name: file.name, file, url: URL.createObjectURL(file), width, height },
        notice: photoNotice(files.length, file.name, greyscale),
        work: { words: work['Looking for faces'], fraction: null },
      })
      const faces = await this.#captureWorker().findFaces(this.#reporter(isCurrent))
      if (!isCurrent()) return
      this.#set({ faces })
      await this.#lookAt(faces[0], isCurrent)
    })
  }

  /** The sample photo, fetched like any other file of the page. */
  async chooseSample(url: string, name: string) {
    try {
      const response = await fetch(url)
      if (!response.ok) throw new Error(response.statusText)
      await this.choosePhoto([new File([await response.blob()], name)])
    } catch {
      this.#set({ error: texts().errors.sample })
    }
  }

  /** Another of the faces found. What was painted stays: it belongs to the photo. */
  async chooseFace(face: FaceBox) {
    if (face === this.state.face) return
    await this.#attempt((isCurrent) => {
      this.#set({ error: null, seen: null })
      return this.#lookAt(face, isCurrent)
    })
  }

  /** From the photo and what was painted to the files, step by step. */
  async refine() {
    if (this.state.face) await this.#attempt((isCurrent) => this.#run(isCurrent))
  }

  async #run(isCurrent: () => boolean, kept?: Kept) {
    const { face, strokes, preset, size, seed } = this.state
    const photo = this.state.photo!
    const start = performance.now()
    this.#set({
      stage: 'refining',
      result: null,
      texture: null,
      comparing: null,
      brushing: false,
      error: null,
      notice: null,
      run: { paused: false, runsOn: null, progress: null },
    })
    const { port1, port2 } = new MessageChannel()
    const seen = await this.#see(face!, size, isCurrent, strokes, port1)
    if (!isCurrent()) return
    const captureSeconds = (performance.now() - start) / 1000
    this.#set({ seen, texture: seen.initial, work: { words: texts().work.ready, fraction: null } })
    await this.#keep(kept, { photo: photo.file, name: photo.name, face: face!, strokes, preset, size, seed })
    if (!isCurrent()) return this.#forgetKept()
    const request = { captureSeconds, preset, seed, from: kept?.checkpoint, keep: this.#place !== null }
    const channel = transfer(port2, [port2])
    const runsOn = await this.#refineWorker().start(request, this.#reporter(isCurrent), channel)
    if (!isCurrent()) return
    this.#setRun({ runsOn })
    const last = await this.#steps(isCurrent)
    const before = kept?.checkpoint.seconds ?? 0
    if (last && isCurrent()) this.#finish(last, before + (performance.now() - start) / 1000)
  }

  /** Asks for one step after the other; a pause is not asking. */
  async #steps(isCurrent: () => boolean): Promise<Finished | null> {
    while (isCurrent()) {
      if (this.state.run?.paused) {
        await new Promise<void>((resume) => {
          this.#resume = resume
        })
        continue
      }
      const news = await this.#refineWorker().next()
      if (!isCurrent()) return null
      if (news.finished) return news
      const notice = news.losses > 0 ? texts().notices.deviceLost : this.state.notice
      this.#set({ work: null, notice, texture: news.pixels ?? this.state.texture })
      this.#setRun({ progress: news.progress })
    }
    return null
  }

  #finish(finished: Finished, seconds: number) {
    this.#endRefineWorker()
    this.#forgetKept()
    const result = resultOf(finished, this.state.seen!, seconds)
    const results = [...this.state.results, result].slice(-mostResults)
    this.#set({ stage: 'result', run: null, work: null, notice: null, results })
    this.showResult(result)
  }

  /** One of the finished runs. */
  showResult(result: Result) {
    const { texture, seen } = result
    const downloading = firstState.downloading
    this.#set({ stage: 'result', result, texture, seen, downloading })
    this.#set({ comparing: null, sharing: null, dialog: null })
  }

  pause() {
    this.#setRun({ paused: true })
  }

  resume() {
    this.#setRun({ paused: false })
    this.#resume()
  }

  /** Back to the photo, with the face, the painting and the choices still there. */
  cancel() {
    this.#turn++
    this.#endRefineWorker()
    this.#forgetKept()
    this.#resume()
    this.#set({ stage: 'found', run: null, work: null, notice: null })
    this.#estimate()
  }

  /** From the result back to the photo, to paint or choose something else. What was made stays. */
  backToPhoto() {
    this.#set({ stage: 'found', comparing: null, dialog: null, error: null, notice: null })
    this.#estimate()
  }

  /** Back to the first screen: photo and results are forgotten. */
  startOver() {
    this.#turn++
    this.#forgetPhoto()
    this.#set({ stage: 'photo', error: null, notice: null, work: null, dialog: null })
  }

  openCamera() {
    this.#set({ stage: 'camera', error: null, notice: null })
  }

  closeCamera(error: string | null = null) {
    this.#set({ stage: this.state.photo ? 'found' : 'photo', error })
  }

  paint(stroke: Stroke) {
    this.#set({ strokes: [...this.state.strokes, stroke] })
  }

  undoStroke() {
    this.#set({ strokes: this.state.strokes.slice(0, -1) })
  }

  clearStrokes() {
    this.#set({ strokes: [] })
  }

  useBrush(brushing: boolean) {
    this.#set({ brushing })
  }

  sizeBrush(brush: number) {
    this.#set({ brush })
  }

  choosePreset(preset: PresetName) {
    this.#set({ preset, size: presetSizes[preset] })
  }

  chooseSize(size: TextureSize) {
    this.#set({ size })
  }

  compare(comparing: Comparing | null) {
    this.#set({ comparing })
  }

  /** @param view where the face was turned to; null: elsewhere */
  showView(view: ViewName | null) {
    if (view !== this.state.view) this.#set({ view })
  }

  /** @param light degrees to the viewer's right; null: the photo's own */
  lightFrom(light: number | null) {
    this.#set({ light, comparing: null })
  }

  allowMotion(motion: boolean) {
    this.#set({ motion })
  }

  /** Opens a dialog over the result, or closes it. A share that was begun stays as it is. */
  openDialog(dialog: Dialog | null) {
    const { result, photo } = this.state
    if (dialog === 'share' && result && photo && !this.state.sharing) {
      this.#set({ sharing: new Sharing(() => this.#changed(), result, photo.file, this.#sharedWith.key) })
    }
    if (!dialog && this.state.sharing?.step === 'removed') this.#set({ sharing: null })
    this.#set({ dialog })
  }

  shapeDownload(form: Partial<DownloadForm>) {
    this.#set({ downloading: { ...this.state.downloading, ...form, failed: false } })
  }

  /** Makes the file where it is not there yet, and hands it to the browser. */
  async download(kind: DownloadKind) {
    const { result, downloading } = this.state
    if (!result || downloading.busy) return
    const tell = (change: { busy: boolean; failed: boolean }) =>
      this.#set({ downloading: { ...this.state.downloading, ...change } })
    const { size, format } = downloading
    tell({ busy: true, failed: false })
    try {
      await download(result, kind, { size: size ?? result.refined.size, format })
      tell({ busy: false, failed: false })
    } catch (error) {
      console.warn(error)
      tell({ busy: false, failed: true })
    }
  }

  async #lookAt(face: FaceBox, isCurrent: () => boolean) {
    this.#set({ face })
    const seen = await this.#see(face, firstLook, isCurrent, [])
    if (!isCurrent()) return
    this.#set({ seen, work: null })
    await this.#estimate()
  }

  /** How long a run would take here: asked where there is something to make, since the probe loads what computes. */
  async #estimate() {
    const { seen, strokes, estimate } = this.state
    if (estimate || (seen && isComplete(seen) && strokes.length === 0)) return
    const turn = this.#turn
    // What it could not be told is told without it; the run itself then says what is wrong.
    const told = await this.#refineWorker()
      .estimate(presetSizes)
      .catch(() => null)
    if (turn === this.#turn) this.#set({ estimate: told })
  }

  /** Keeps the run, so that a page that is closed can go on with it; says so where another tab has the place. */
  async #keep(kept: Kept | undefined, run: Parameters<typeof keepRun>[0]) {
    this.#place = await keepRun(run, kept)
    if (!this.#place) this.#set({ notice: texts().notices.anotherTab })
  }

  #forgetKept() {
    if (!this.#place) return
    this.#place.release()
    this.#place = null
    forgetRun()
  }

  /** @param to gets the whole capture, past the page */
  #see(
    face: FaceBox,
    size: number,
    isCurrent: () => boolean,
    strokes: readonly Stroke[],
    to?: MessagePort,
  ): Promise<SeenFace> {
    this.#set({ work: { words: texts().work['Measuring the face'], fraction: null } })
    const request = { face, strokes, size }
    const report = this.#reporter(isCurrent)
    const worker = this.#captureWorker()
    return to ? worker.capture(request, report, transfer(to, [to])) : worker.capture(request, report)
  }

  /** Begins a turn. Its failure ends in one sentence, with the photo, where there is one, still on the stage. */
  async #attempt(work: (isCurrent: () => boolean) => Promise<void>) {
    const turn = ++this.#turn
    try {
      await work(() => turn === this.#turn)
    } catch (error) {
      if (turn === this.#turn) this.#fail(error)
    }
  }

  #fail(error: unknown) {
    this.#turn++
    this.#endRefineWorker()
    this.#forgetKept()
    const stage = this.state.photo ? (this.state.stage === 'result' ? 'result' : 'found') : 'photo'
    this.#set({ stage, error: sentence(error), run: null, work: null })
  }

  #set(change: Partial<State>) {
    Object.assign(this.state, change)
    this.#changed()
  }

  #setRun(change: Partial<NonNullable<State['run']>>) {
    if (this.state.run) this.#set({ run: { ...this.state.run, ...change } })
  }

  #reporter(isCurrent: () => boolean) {
    return reporter((news: { stage: CaptureStage } | { download: DownloadProgress }) => {
      if (!isCurrent()) return
      const { work: words } = texts()
      if ('stage' in news) return this.#set({ work: { words: words[news.stage], fraction: null } })
      const { loaded, total } = news.download
      // The last byte of a file is also all that is heard of one that was kept from before.
      const work =
        loaded < total
          ? { words: words.downloading(loaded, total), fraction: loaded / total }
          : { words: words.ready, fraction: null }
      this.#set({ work })
    })
  }

  #captureWorker() {
    this.#capturing ??= startCaptureWorker((error) => {
      this.#capturing?.terminate()
      this.#capturing = null
      this.#fail(error)
    })
    return this.#capturing.api
  }

  #refineWorker() {
    this.#refining ??= startRefineWorker((error) => this.#fail(error))
    return this.#refining.api
  }

  /** Lets the generator free the device; a step in a single WebAssembly thread can take seconds, so not for long. */
  #endRefineWorker() {
    const ending = this.#refining
    this.#refining = null
    if (!ending) return
    const terminate = () => ending.terminate()
    setTimeout(terminate, 3000)
    ending.api.stop().then(terminate, terminate)
  }

  #forgetPhoto() {
    if (this.state.photo) URL.revokeObjectURL(this.state.photo.url)
    this.#set({
      ...{ photo: null, faces: [], face: null, seen: null, strokes: [], brushing: false },
      ...{ results: [], result: null, texture: null, comparing: null, light: null, sharing: null },
    })
  }
}

/** Finished runs that are kept for comparison; each holds its files, some megabytes. */
const mostResults = 4
