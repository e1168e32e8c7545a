import { transfer } from 'comlink'
import type { Downloads } from '../downloads.ts'
import type {
  CaptureReport,
  CaptureRequest,
  CaptureWorker,
  HeadRequest,
  LookRequest,
  SeenFace,
  SeenHead,
  SeenLook,
} from '../messages.ts'
import type { OpenPhoto } from '../photo/open-photo.ts'
import { texts } from '../texts/index.ts'
import { type Running, reporter, startCaptureWorker } from '../workers.ts'
import type { Store } from './store.ts'
import { untilAborted } from './turns.ts'

/**
 * Seconds that a photo waits for what the worker is at, which is of another. To start anew takes less; nothing is lost but what
 * nobody wants.
 */
const mostSecondsBusy = 15

/** The capture worker, started when it is first asked for, and what the page knows of it. */
export class Capturing {
  readonly #store: Store
  readonly #downloads: Downloads
  #worker: Running<CaptureWorker> | null = null
  #fetching: Promise<void> | null = null
  /** The one that some file could not be had for. */
  #cannotLoad: Running<CaptureWorker> | null = null
  /** The file that it has open. */
  #opened: Blob | null = null

  constructor(store: Store, downloads: Downloads) {
    this.#store = store
    this.#downloads = downloads
  }

  /** Its functions. */
  worker() {
    this.#worker ??= startCaptureWorker(() => this.#forget())
    return this.#worker.api
  }

  #end() {
    this.#worker?.terminate()
    this.#forget()
  }

  /** The next that is asked for starts another, which has nothing open. */
  #forget() {
    this.#worker = null
    this.#opened = null
    this.#fetching = null
  }

  /** Readies what every photo needs, where earlier visits have left it here. What fails is told by whoever needs it. */
  warmUp() {
    this.worker()
      .warmUp()
      .catch(() => {})
  }

  /** Downloads what every photo needs. Turns come and go meanwhile, so none of them ends it. */
  fetchFiles(): Promise<void> {
    // A worker does not load again what it could not load once.
    if (this.#worker && this.#worker === this.#cannotLoad) this.#end()
    if (this.#fetching) return this.#fetching
    const api = this.worker()
    const worker = this.#worker
    const fetching = api.fetchFiles(this.#reporter())
    this.#fetching = fetching
    fetching.catch(() => {
      if (this.#fetching === fetching) this.#fetching = null
      this.#cannotLoad = worker
    })
    return fetching
  }

  async open(file: Blob, name: string, signal: AbortSignal) {
    await untilAborted(this.#free(), signal)
    const opening = this.worker()
      .open(file, name)
      .then((opened) => {
        this.#opened = file
        return opened
      })
    return untilAborted(opening, signal)
  }

  /** A worker that is still at something of another photo, which nobody waits for any more, is not waited for long. */
  async #free() {
    const worker = this.#worker
    if (!worker) return
    const ending = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      if (worker === this.#worker) this.#end()
      ending.resolve()
    }, 1000 * mostSecondsBusy)
    // One that has died is another by now.
    const answer = worker.api.answer().catch(() => {})
    await Promise.race([answer, ending.promise])
    clearTimeout(timer)
  }

  /** The faces of a photo, largest first, at least one. */
  async findFaces(photo: OpenPhoto, signal: AbortSignal) {
    this.#store.set({ work: { words: texts().work['Looking for faces'], fraction: null, waits: true } })
    await this.#ready(photo, signal)
    return untilAborted(this.worker().findFaces(this.#reporter(signal)), signal)
  }

  /** @param to gets the whole capture, past the page */
  async see(
    photo: OpenPhoto,
    request: CaptureRequest,
    signal: AbortSignal,
    to?: MessagePort,
  ): Promise<SeenFace> {
    this.#store.set({ work: { words: texts().work['Measuring the face'], fraction: null, waits: true } })
    await this.#ready(photo, signal)
    const report = this.#reporter(signal)
    const seeing = to
      ? this.worker().capture(request, report, transfer(to, [to]))
      : this.worker().capture(request, report)
    return untilAborted(seeing, signal)
  }

  /** The same beside what the page is at: tells nothing but downloads. */
  async seeBeside(photo: OpenPhoto, request: CaptureRequest, signal: AbortSignal, to: MessagePort) {
    await this.#ready(photo, signal)
    return untilAborted(this.worker().capture(request, this.#reporter(), transfer(to, [to])), signal)
  }

  /** The whole head of a face: no turn's work. Tells nothing of what it is at but downloads. */
  async head(photo: OpenPhoto, request: HeadRequest, signal: AbortSignal): Promise<SeenHead> {
    await this.#ready(photo, signal)
    return untilAborted(this.worker().head(request, this.#reporter()), signal)
  }

  /** What the whole head of a face would look like: as {@link Capturing.head}, and tells nothing at all. */
  async look(photo: OpenPhoto, request: LookRequest, signal: AbortSignal): Promise<SeenLook> {
    await this.#ready(photo, signal)
    const making = this.worker().look(
      request,
      reporter<CaptureReport>(() => {}),
    )
    return untilAborted(making, signal)
  }

  /** A photo that came back from an earlier visit, or from before a worker died, must be opened again. */
  async #ready({ file, name }: OpenPhoto, signal: AbortSignal) {
    await untilAborted(this.fetchFiles(), signal)
    if (this.#opened !== file) await this.open(file, name, signal)
  }

  /** What the worker is at is told while the turn lasts, what arrives in any case. */
  #reporter(signal?: AbortSignal) {
    return reporter<CaptureReport>((news) => {
      if ('arrived' in news) {
        this.#downloads.add(news.arrived)
        this.#store.set({ transfer: this.#downloads.sum })
      } else if (signal && !signal.aborted) {
        this.#store.set({ work: { words: texts().work[news.stage], fraction: null } })
      }
    })
  }
}
