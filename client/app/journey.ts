import { transfer } from 'comlink'
import type { FaceBox } from '../face/types.ts'
import { type PresetName, presetSizes, type TextureSize } from './choices.ts'
import { type DownloadForm, type DownloadKind, download } from './download.ts'
import { Downloads } from './downloads.ts'
import { fetchedFile } from './fetched-file.ts'
import { forgetFace, keepFace, keptFace } from './kept-face.ts'
import { forgetRun, type Kept, keepRun, keptRun, type Place as RunPlace } from './kept-run.ts'
import type {
  CaptureReport,
  CaptureWorker,
  Finished,
  RefineReport,
  RefineWorker,
  SeenFace,
} from './messages.ts'
import type { OpenPhoto, PhotoSource } from './photo/open-photo.ts'
import type { Stroke } from './photo/strokes.ts'
import { type Result, resultOf } from './result.ts'
import { SecondsLeft } from './seconds-left.ts'
import { flawNotice, isComplete, photoNotice } from './seen.ts'
import { codeOf, sentence } from './sentences.ts'
import { Sharing } from './sharing/sharing.ts'
import type { Place } from './stage-history.ts'
import { type Comparing, type Dialog, firstState, type State } from './state.ts'
import { languageOf, texts, useLanguage } from './texts/index.ts'
import { loadRenderer } from './viewer/drawing.ts'
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
  /** This browser's one place for a kept run. */
  #place: RunPlace | null = null
  #downloads = new Downloads()
  #fetchingForCapture: Promise<void> | null = null
  /** The file that the capture worker has open. */
  #opened: Blob | null = null
  /** The face as it was seen before anything was painted; null where this page has not looked at it. */
  #looked: SeenFace | null = null
  #sharings = new WeakMap<Result, Sharing>()
  /** What the seconds are counted of. */
  #underWay: string | null = null
  #ticking: ReturnType<typeof setInterval> | undefined
  /** What the camera was opened from. */
  #beforeCamera: Pick<State, 'stage' | 'error' | 'fault' | 'notice'> = firstState

  /** @param changed called after every change of `state` */
  constructor(changed: () => void, sharedWith: SharedWith = {}) {
    this.#changed = changed
    this.#sharedWith = sharedWith
  }

  async chooseLanguage(tag: string) {
    const nextLanguage = languageOf([tag])
    this.#set({ nextLanguage })
    try {
      const language = await useLanguage(tag)
      // Unless another was chosen meanwhile.
      if (this.state.nextLanguage === nextLanguage) this.#set({ language, nextLanguage: null })
    } catch {
      this.#set({ nextLanguage: null, error: texts().errors.language })
    }
  }

  /** Looks what earlier visits left behind, a face or a run; the first screen then offers it. */
  async findKept() {
    const [last, kept] = await Promise.all([this.state.last ?? keptFace(), keptRun()])
    this.#set({ last: this.state.last ?? last })
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
    const { photo: file, name, face, strokes, preset, size, seed } = run
    await this.#attempt(async (isCurrent) => {
      this.#begin(texts().work.opening, { kept: null })
      const { width, height } = await this.#openInWorker(file, name)
      if (!isCurrent()) return
      this.#forgetPhoto()
      const photo = { name, file, original: file, turns: 0, source: 'file' as const, width, height }
      this.#set({ photo: { ...photo, url: URL.createObjectURL(file) }, faces: [face], face })
      this.#set({ strokes: [...strokes], preset, size, seed })
      await this.#run(isCurrent, kept)
    })
  }

  /** Takes the first of the files given; says so where there are more. A file that fails leaves all as it was. */
  async choosePhoto(files: readonly File[], source: PhotoSource = 'file') {
    if (this.state.stage === 'refining') return this.#set({ notice: texts().notices.busy })
    const [file] = files
    if (!file) return this.#set({ error: texts().errors.noImage, fault: null })
    const given = { name: file.name, file, original: file, turns: 0, source }
    await this.#attempt((isCurrent) => this.#open(given, isCurrent, files.length))
  }

  /** The sample photo, fetched like any other file of the page. */
  async chooseSample(url: string, name: string) {
    await this.#attempt(async (isCurrent) => {
      const { work, errors } = texts()
      const { fault } = this.state
      this.#begin(work.sample)
      // Its script comes at the same time.
      this.#captureWorker()
      const tell = (fraction: number) => isCurrent() && this.#set({ work: { words: work.sample, fraction } })
      const file = await fetchedFile(url, name, tell).catch(() => null)
      if (!isCurrent()) return
      if (!file) return this.#set({ work: null, error: errors.sample, fault })
      await this.#open({ name, file, original: file, turns: 0, source: 'sample' }, isCurrent)
    })
  }

  /** The photo turned by a quarter, clockwise, and looked at anew. */
  async turnPhoto() {
    const { photo } = this.state
    if (!photo) return
    await this.#attempt(async (isCurrent) => {
      this.#begin(texts().work.turning)
      const { name, original, source } = photo
      const turns = (photo.turns + 1) % 4
      const file = turns === 0 ? original : await this.#captureWorker().turned(original, name, turns)
      if (isCurrent()) await this.#open({ name, file, original, turns, source }, isCurrent)
    })
  }

  /** Once more what failed, with the same photo. */
  async lookAgain() {
    if (!this.state.photo) return
    await this.#attempt(async (isCurrent) => {
      const { face } = this.state
      this.#begin(texts().work['Looking for faces'])
      await (face ? this.#lookAt(face, isCurrent) : this.#find(isCurrent))
    })
  }

  /** Another of the faces found. What was painted stays: it belongs to the photo. */
  async chooseFace(face: FaceBox) {
    if (face === this.state.face) return
    await this.#attempt((isCurrent) => {
      this.#begin(texts().work['Measuring the face'], { seen: null })
      return this.#lookAt(face, isCurrent)
    })
  }

  /** Opens a file and looks for faces; what had to be downloaded for that comes meanwhile. */
  async #open(
    given: Pick<OpenPhoto, 'name' | 'file' | 'original' | 'turns' | 'source'>,
    isCurrent: () => boolean,
    count = 1,
  ) {
    this.#begin(texts().work.opening, { dialog: null })
    // Its failure is told where it is waited for.
    this.#fetchForCapture().catch(() => {})
    const { width, height, greyscale } = await this.#openInWorker(given.file, given.name)
    if (!isCurrent()) return
    this.#forgetPhoto()
    this.#set({
      stage: 'found',
      kept: null,
      photo: { ...given, url: URL.createObjectURL(given.file), width, height },
      notice: photoNotice(count, given.name, greyscale),
    })
    await this.#find(isCurrent)
  }

  async #find(isCurrent: () => boolean) {
    this.#set({ work: { words: texts().work['Looking for faces'], fraction: null, waits: true } })
    await this.#fetchForCapture()
    await this.#openPhoto()
    if (!isCurrent()) return
    const faces = await this.#captureWorker().findFaces(this.#reporter(isCurrent))
    if (!isCurrent()) return
    this.#set({ faces })
    await this.#lookAt(faces[0], isCurrent)
  }

  #fetchForCapture(): Promise<void> {
    this.#fetchingForCapture ??= this.#captureWorker().fetchFiles(this.#reporter(() => false))
    this.#fetchingForCapture.catch(() => {
      this.#fetchingForCapture = null
    })
    return this.#fetchingForCapture
  }

  async #openInWorker(file: Blob, name: string) {
    const opened = await this.#captureWorker().open(file, name)
    this.#opened = file
    return opened
  }

  /** A photo that came back from an earlier visit, or from before a worker died, must be opened again. */
  async #openPhoto() {
    const { file, name } = this.state.photo!
    if (this.#opened !== file) await this.#openInWorker(file, name)
  }

  /** From the photo and what was painted to the files, step by step. */
  async refine() {
    if (this.state.face) await this.#attempt((isCurrent) => this.#run(isCurrent))
  }

  async #run(isCurrent: () => boolean, kept?: Kept) {
    const { face, strokes, preset, size, seed } = this.state
    const photo = this.state.photo!
    const start = performance.now()
    const { estimate } = this.state
    // Of a run that goes on, nobody knows how much is left, and one with nothing to make is done at once.
    const isKnown = !kept && !this.#isComplete
    const left = new SecondsLeft((isKnown && estimate?.[preset][size]) || null)
    this.#set({
      ...{ stage: 'refining', result: null, texture: null, comparing: null, brushing: false },
      ...{ error: null, fault: null, notice: null },
      run: { paused: false, runsOn: null, progress: null, ...left.told },
    })
    const { port1, port2 } = new MessageChannel()
    const seen = await this.#see(face!, size, isCurrent, strokes, port1)
    if (!isCurrent()) return
    const captureSeconds = (performance.now() - start) / 1000
    const { ready } = texts().work
    this.#set({ seen, texture: seen.initial, work: { words: ready, fraction: null, waits: true } })
    await this.#keep(kept, { photo: photo.file, name: photo.name, face: face!, strokes, preset, size, seed })
    if (!isCurrent()) return this.#forgetKept()
    const request = { captureSeconds, preset, seed, from: kept?.checkpoint, keep: this.#place !== null }
    const channel = transfer(port2, [port2])
    const worker = this.#refineWorker()
    const runsOn = await worker.start(request, this.#refineReporter(), channel)
    if (!isCurrent()) return
    this.#set({ work: null, transfer: null })
    this.#setRun({ runsOn })
    const last = await this.#steps(isCurrent, left)
    const before = kept?.checkpoint.seconds ?? 0
    if (last && isCurrent()) this.#finish(last, before + (performance.now() - start) / 1000)
  }

  /** Asks for one step after the other; a pause is not asking. */
  async #steps(isCurrent: () => boolean, left: SecondsLeft): Promise<Finished | null> {
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
      this.#set({ doing: null, notice, texture: news.pixels ?? this.state.texture })
      left.hear(news.progress)
      this.#setRun({ progress: news.progress, ...left.told })
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
    this.#keepLast()
  }

  /** Keeps what is finished, for when the person comes back to it from another photo, another page or another day. */
  #keepLast() {
    const { photo, faces, face, strokes, preset, size, seed, results } = this.state
    const { url: _, ...kept } = photo!
    const last = { photo: kept, faces, face, strokes, preset, size, seed, results }
    this.#set({ last })
    void keepFace(last)
  }

  /** The face that was finished last, with its photo and all that can be done with it. */
  showLast() {
    const { last, photo } = this.state
    if (!last) return
    this.#turn++
    if (photo?.file !== last.photo.file) {
      this.#forgetPhoto()
      const { photo: kept, ...rest } = last
      this.#set({
        ...rest,
        strokes: [...last.strokes],
        photo: { ...kept, url: URL.createObjectURL(kept.file) },
      })
    }
    this.#set({ work: null, transfer: null, error: null, fault: null, notice: null })
    this.showResult(last.results.at(-1)!)
  }

  async discardLast() {
    const { last, photo, stage } = this.state
    if (stage === 'photo' && photo?.file === last?.photo.file) this.#forgetPhoto()
    this.#set({ last: null })
    await forgetFace()
  }

  /** One of the finished runs. */
  showResult(result: Result) {
    const { texture, seen } = result
    const downloading = firstState.downloading
    this.#set({ stage: 'result', result, texture, seen, downloading })
    this.#set({ comparing: null, sharing: this.#sharings.get(result) ?? null, dialog: null })
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
    this.#leaveRun()
    this.#forgetKept()
  }

  /** The same, and the run can be gone on with. */
  async setAside() {
    this.#leaveRun()
    await this.#place?.release()
    this.#place = null
    const kept = await keptRun()
    if (this.state.stage === 'found' || this.state.stage === 'photo') this.#set({ kept })
  }

  #leaveRun() {
    this.#turn++
    this.#endRefineWorker()
    this.#resume()
    this.#set({ run: null })
    this.#showPhoto()
  }

  /** From the result back to the photo, to paint or choose something else. What was made stays. */
  backToPhoto() {
    this.#showPhoto()
  }

  /** The photo and its face as it was found; a face that comes from an earlier visit is measured again. */
  #showPhoto() {
    const { face } = this.state
    this.#set({ stage: 'found', seen: this.#looked, work: null, comparing: null, dialog: null })
    this.#set({ error: null, fault: null, notice: null })
    if (this.#looked || !face) void this.#getReady()
    else void this.lookAgain()
  }

  /** Back to the first screen, from which a finished face can be come back to. */
  startOver() {
    this.#turn++
    this.#set({
      stage: 'photo',
      error: null,
      fault: null,
      notice: null,
      work: null,
      transfer: null,
      dialog: null,
    })
    void this.findKept()
  }

  /**
   * Where the browser's Back and Forward lead.
   *
   * @returns false where that place is no more
   */
  visit(place: Place): boolean {
    const { stage, photo, result, results, last } = this.state
    if (place === stage) return true
    if (place === 'photo') {
      if (stage === 'refining') void this.setAside()
      this.startOver()
      return true
    }
    if (place === 'found' && photo) {
      if (stage === 'refining') void this.setAside()
      else if (stage === 'camera') this.closeCamera()
      else this.#showPhoto()
      return true
    }
    if (place !== 'result' || stage === 'refining') return false
    if (result && results.includes(result)) this.showResult(result)
    else if (last) this.showLast()
    return this.state.stage === 'result'
  }

  openCamera() {
    const { stage, error, fault, notice } = this.state
    this.#beforeCamera = { stage, error, fault, notice }
    this.#turn++
    const nothing = { error: null, fault: null, notice: null, work: null }
    this.#set({ ...nothing, stage: 'camera', cameraReady: false })
  }

  /** There is a picture. */
  readyCamera() {
    this.#set({ cameraReady: true })
  }

  /** The shutter was pressed; the picture follows. */
  shoot() {
    this.#set({ work: { words: texts().work.shooting, fraction: null } })
  }

  /** Back to where it was opened. @param why one sentence, where it is the camera that failed */
  closeCamera(why: string | null = null) {
    const before = this.#beforeCamera
    this.#set({ ...before, error: why ?? before.error, work: null })
    // What was under way when it was opened is begun anew.
    if (before.stage === 'found' && !this.state.seen && !before.fault) void this.lookAgain()
  }

  /** A link to another page of this site was followed. */
  leave(leaving: boolean) {
    this.#set({ leaving })
    // By then the browser has given up, or was told to.
    if (leaving) setTimeout(() => this.#set({ leaving: false }), 20_000)
  }

  paint(stroke: Stroke) {
    this.#set({ strokes: [...this.state.strokes, stroke] })
    // Where the photo shows all, this is the first that has to be made.
    if (this.#looked && this.state.strokes.length === 1) void this.#getReady()
  }

  /** Paints over what seems to cover the face. */
  paintCover() {
    const { seen, strokes } = this.state
    const missing = seen?.cover?.strokes.filter((stroke) => !strokes.includes(stroke)) ?? []
    if (missing.length === 0) return
    this.#set({ strokes: [...strokes, ...missing] })
    if (this.#looked && strokes.length === 0) void this.#getReady()
  }

  /** What was painted at once goes at once. */
  undoStroke() {
    const { strokes } = this.state
    const cover = this.#looked?.cover?.strokes ?? []
    const isCover = strokes.length > 0 && cover.includes(strokes[strokes.length - 1])
    this.#set({
      strokes: isCover ? strokes.filter((stroke) => !cover.includes(stroke)) : strokes.slice(0, -1),
    })
  }

  clearStrokes() {
    const { fault } = this.state
    this.#set({ strokes: [] })
    if (fault === 'no-style' || fault === 'little-shown') this.#set({ error: null, fault: null })
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
      const sharing = new Sharing(
        () => this.#set({}),
        result,
        photo.file,
        this.#sharedWith.key,
        (shared) => this.#rememberShared(result, shared),
      )
      this.#sharings.set(result, sharing)
      this.#set({ sharing })
    }
    if (!dialog && result && this.state.sharing?.step === 'removed') {
      this.#sharings.delete(result)
      this.#set({ sharing: null })
    }
    this.#set({ dialog })
  }

  /** The means to delete what was shared stay with the result. */
  #rememberShared(result: Result, shared: Result['shared'] | null) {
    result.shared = shared ?? undefined
    const { last } = this.state
    if (last?.results.includes(result)) void keepFace(last)
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
    this.#looked = null
    const seen = await this.#see(face, firstLook, isCurrent, [])
    if (!isCurrent()) return
    this.#looked = seen
    const notice = [this.state.notice, flawNotice(seen, this.state.photo!.source)].filter(Boolean).join(' ')
    this.#set({ seen, work: null, notice: notice || null })
    loadRenderer()
    await this.#getReady()
  }

  /** Downloads and starts what computes, where there is something to make, and asks how long that will take here. */
  async #getReady() {
    if (this.#isComplete) return this.#set({ transfer: null })
    if (this.state.estimate) return
    // What it could not be told is told without it; the run itself then says what is wrong.
    const worker = this.#refineWorker()
    const told = await worker.getReady(this.#refineReporter()).catch(() => null)
    this.#set({ estimate: this.state.estimate ?? told })
    if (this.state.stage === 'found') this.#set({ transfer: null, doing: null })
  }

  /** Does the photo show all that the brush left? */
  get #isComplete(): boolean {
    const { seen, strokes } = this.state
    return seen !== null && isComplete(seen) && strokes.length === 0
  }

  /** Keeps the run, so that a page that is closed can go on with it; says so where another tab has the place. */
  async #keep(kept: Kept | undefined, run: Parameters<typeof keepRun>[0]) {
    this.#place = await keepRun(run, kept)
    if (!this.#place) this.#set({ notice: texts().notices.anotherTab })
  }

  #forgetKept() {
    if (!this.#place) return
    void this.#place.release()
    this.#place = null
    void forgetRun()
  }

  /** @param to gets the whole capture, past the page */
  async #see(
    face: FaceBox,
    size: number,
    isCurrent: () => boolean,
    strokes: readonly Stroke[],
    to?: MessagePort,
  ): Promise<SeenFace> {
    this.#set({ work: { words: texts().work['Measuring the face'], fraction: null, waits: true } })
    await this.#fetchForCapture()
    await this.#openPhoto()
    // Who asked has gone on to something else, and so hears no failure.
    if (!isCurrent()) throw new Error('another turn has begun')
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
    this.#forgetKept()
    const { stage, seen } = this.state
    if (stage === 'refining') {
      this.#endRefineWorker()
      // What was painted may be what is wrong.
      this.#set({ stage: 'found', seen: this.#looked ?? seen })
    }
    this.#set({ error: sentence(error), fault: codeOf(error) ?? 'unforeseen' })
    this.#set({ run: null, work: null, transfer: null })
  }

  /** Something begins: what was said before is done with. */
  #begin(words: string, change: Partial<State> = {}) {
    this.#set({ ...change, error: null, fault: null, notice: null, work: { words, fraction: null } })
  }

  #set(change: Partial<State>) {
    Object.assign(this.state, change)
    this.#watch()
    this.#changed()
  }

  #nameOfWork(): string | null {
    const { work, run, doing, downloading, sharing } = this.state
    if (run) return run.paused ? null : 'run'
    if (work) return `${work.words}${work.waits ? ', for downloads' : ''}`
    if (downloading.busy) return 'file'
    return sharing?.isBusy ? sharing.step : doing
  }

  /** Counts the seconds of what is under way, anew for each thing. */
  #watch() {
    const underWay = this.#nameOfWork()
    if (underWay === this.#underWay) return
    this.#underWay = underWay
    clearInterval(this.#ticking)
    // A run that was paused goes on counting.
    if (!this.state.run?.progress) this.state.elapsed = 0
    if (!underWay) return
    this.#ticking = setInterval(() => {
      this.state.elapsed++
      this.#changed()
    }, 1000)
  }

  #setRun(change: Partial<NonNullable<State['run']>>) {
    if (this.state.run) this.#set({ run: { ...this.state.run, ...change } })
  }

  /** @param isCurrent does what the worker is at still matter? Files are welcome in any case. */
  #reporter(isCurrent: () => boolean) {
    return reporter<CaptureReport>((news) => {
      if ('arrived' in news) {
        this.#downloads.add(news.arrived)
        this.#set({ transfer: this.#downloads.sum })
      } else if (isCurrent()) this.#set({ work: { words: texts().work[news.stage], fraction: null } })
    })
  }

  /** What the refine worker is at, as long as there is one. */
  #refineReporter() {
    const worker = this.#refining
    return reporter<RefineReport>((news) => {
      if (worker !== this.#refining) return
      if ('stage' in news) return this.#set({ doing: news.stage })
      this.#downloads.add(news.arrived)
      this.#set({ transfer: this.#downloads.sum })
    })
  }

  #captureWorker() {
    this.#capturing ??= startCaptureWorker((error) => {
      this.#capturing?.terminate()
      this.#capturing = null
      this.#opened = null
      this.#fetchingForCapture = null
      this.#fail(error)
    })
    return this.#capturing.api
  }

  #refineWorker() {
    this.#refining ??= startRefineWorker((error) => {
      this.#endRefineWorker()
      this.#fail(error)
    })
    return this.#refining.api
  }

  /** Lets the generator free the device; a step in a single WebAssembly thread can take seconds, so not for long. */
  #endRefineWorker() {
    const ending = this.#refining
    this.#refining = null
    this.#set({ doing: null })
    if (!ending) return
    const terminate = () => ending.terminate()
    setTimeout(terminate, 3000)
    ending.api.stop().then(terminate, terminate)
  }

  #forgetPhoto() {
    this.#looked = null
    if (this.state.photo) URL.revokeObjectURL(this.state.photo.url)
    this.#set({
      ...{ photo: null, faces: [], face: null, seen: null, strokes: [], brushing: false },
      ...{ results: [], result: null, texture: null, comparing: null, light: null, sharing: null },
    })
  }
}

/** Finished runs that are kept for comparison; each holds its files, some megabytes. */
const mostResults = 4
