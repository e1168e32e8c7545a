import { transfer } from 'comlink'
import type { FaceBox } from '../capture/types.ts'
import type { DownloadProgress } from '../runtime/models.ts'
import type { CaptureWorker, SeenFace } from './capture.worker.ts'
import type { Stroke } from './photo/strokes.ts'
import type { Finished, RefineWorker } from './refine.worker.ts'
import { sentence } from './sentences.ts'
import {
  type Comparing,
  firstState,
  type PresetName,
  presetChoices,
  type State,
  type TextureSize,
} from './state.ts'
import { downloadWords } from './words.ts'
import { type Running, reporter, startCaptureWorker, startRefineWorker } from './workers.ts'

/** Texture size of the first look at a face: enough for the words and the overlay. */
const firstLook = 256

/**
 * The walk from a photo to a result: every change of the page's state is a method here.
 *
 * Work is numbered by turns: a new photo, another face or a cancel begins a new turn, and whatever an older turn still
 * answers is dropped.
 */
export class Journey {
  readonly state: State = { ...firstState }
  #changed: () => void
  #turn = 0
  #capturing: Running<CaptureWorker> | null = null
  #refining: Running<RefineWorker> | null = null
  #resume: () => void = () => {}

  /** @param changed called after every change of `state` */
  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** Takes the first of the files given; says so where there are more. A file that fails leaves all as it was. */
  async choosePhoto(files: readonly File[]) {
    if (this.state.stage === 'refining') {
      return this.#set({ notice: 'A face is being refined: cancel that before you choose another photo.' })
    }
    const [file] = files
    if (!file) return this.#set({ error: 'There was no image in that: choose a JPEG, PNG or WebP photo.' })
    await this.#attempt(async (isCurrent) => {
      this.#set({ error: null, notice: null, work: { words: 'Opening the photo', fraction: null } })
      const { width, height, greyscale } = await this.#captureWorker().open(file, file.name)
      if (!isCurrent()) return
      this.#forgetPhoto()
      this.#set({
        stage: 'found',
        photo: { name: file.name, url: URL.createObjectURL(file), width, height },
        notice: photoNotice(files.length, file.name, greyscale),
        work: { words: 'Looking for a face', fraction: null },
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
      this.#set({
        error: 'The sample could not be fetched: check the connection, or choose a photo of your own.',
      })
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
    const { face, preset, seed } = this.state
    if (!face) return
    await this.#attempt(async (isCurrent) => {
      const start = performance.now()
      this.#forgetResult()
      this.#set({
        stage: 'refining',
        brushing: false,
        error: null,
        notice: null,
        run: { paused: false, reason: null, progress: null },
      })
      const { port1, port2 } = new MessageChannel()
      const seen = await this.#see(face, this.state.size, isCurrent, this.state.strokes, port1)
      if (!isCurrent()) return
      const captureSeconds = (performance.now() - start) / 1000
      this.#set({ seen, texture: seen.initial, work: { words: 'Getting ready', fraction: null } })
      const request = { captureSeconds, preset, seed }
      const { reason } = await this.#refineWorker().start(
        request,
        this.#reporter(isCurrent),
        transfer(port2, [port2]),
      )
      if (!isCurrent()) return
      this.#setRun({ reason })
      const last = await this.#steps(isCurrent)
      if (last && isCurrent()) this.#finish(last, reason, (performance.now() - start) / 1000)
    })
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
      this.#set({ work: null, texture: news.pixels ?? this.state.texture })
      this.#setRun({ progress: news.progress })
    }
    return null
  }

  #finish({ refined, pixels, files }: Finished, reason: string, seconds: number) {
    this.#endRefineWorker()
    const file = (name: string, words: string, type: string, content: BlobPart) => {
      const blob = new Blob([content], { type })
      return { name, words, url: URL.createObjectURL(blob), bytes: blob.size }
    }
    this.#set({
      stage: 'result',
      texture: pixels,
      run: null,
      work: null,
      result: {
        refined,
        reason,
        seconds,
        files: [
          file('face.glb', '3D face', 'model/gltf-binary', files.glb),
          file('texture.png', 'Texture', 'image/png', files.png),
          file('record.json', 'How it was made', 'application/json', files.record),
        ],
      },
    })
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
    this.#resume()
    this.#set({ stage: 'found', run: null, work: null })
  }

  /** From the result back to the photo, to paint or choose something else. */
  backToPhoto() {
    this.#forgetResult()
    this.#set({ stage: 'found', error: null, notice: null })
  }

  /** Back to the first screen: photo and result are forgotten. */
  startOver() {
    this.#turn++
    this.#forgetPhoto()
    this.#set({ stage: 'photo', error: null, notice: null, work: null })
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
    this.#set({ preset, size: presetChoices.find(({ name }) => name === preset)!.size })
  }

  chooseSize(size: TextureSize) {
    this.#set({ size })
  }

  compare(comparing: Comparing | null) {
    this.#set({ comparing })
  }

  async #lookAt(face: FaceBox, isCurrent: () => boolean) {
    this.#set({ face })
    const seen = await this.#see(face, firstLook, isCurrent, [])
    if (isCurrent()) this.#set({ seen, work: null })
  }

  /** @param to gets the whole capture, past the page */
  #see(
    face: FaceBox,
    size: number,
    isCurrent: () => boolean,
    strokes: readonly Stroke[],
    to?: MessagePort,
  ): Promise<SeenFace> {
    this.#set({ work: { words: 'Measuring the face', fraction: null } })
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
    return reporter((news: { stage: string } | { download: DownloadProgress }) => {
      if (!isCurrent()) return
      if ('stage' in news) return this.#set({ work: { words: news.stage, fraction: null } })
      const { loaded, total } = news.download
      // The last byte of a file is also all that is heard of one that was kept from before.
      const work =
        loaded < total
          ? { words: downloadWords(news.download), fraction: loaded / total }
          : { words: 'Getting ready', fraction: null }
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

  #forgetResult() {
    for (const { url } of this.state.result?.files ?? []) URL.revokeObjectURL(url)
    this.#set({ result: null, comparing: null, texture: null })
  }

  #forgetPhoto() {
    this.#forgetResult()
    if (this.state.photo) URL.revokeObjectURL(this.state.photo.url)
    this.#set({ photo: null, faces: [], face: null, seen: null, strokes: [], brushing: false })
  }
}

function photoNotice(count: number, name: string, greyscale: boolean): string | null {
  const notices: string[] = []
  if (count > 1) notices.push(`${count} files were given: this is the first, “${name}”.`)
  if (greyscale) notices.push('The photo is black and white, so the texture will be too.')
  return notices.join(' ') || null
}
