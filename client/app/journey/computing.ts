import { transfer } from 'comlink'
import type { RunsOn } from '../../runtime/runs-on.ts'
import type { Downloads } from '../downloads.ts'
import type { Finished, RefineReport, RefineRequest, RefineWorker, StepTaken } from '../messages.ts'
import { hasNothingToMake } from '../seen.ts'
import { type Running, reporter, startRefineWorker } from '../workers.ts'
import type { Subject } from './state.ts'
import type { Store } from './store.ts'
import { untilAborted } from './turns.ts'

/** The refine worker, started when it is first asked for; each run has its own, made ready before. */
export class Computing {
  readonly #store: Store
  readonly #downloads: Downloads
  #worker: Running<RefineWorker> | null = null
  /** The one that a run is under way in. */
  #started: Running<RefineWorker> | null = null
  /** The one that was asked how fast this device is, until it has answered. */
  #asked: { worker: Running<RefineWorker> | null; answer: Promise<void> } | null = null

  constructor(store: Store, downloads: Downloads) {
    this.#store = store
    this.#downloads = downloads
  }

  #api() {
    this.#worker ??= startRefineWorker(() => {
      this.#worker = null
      this.#store.set({ doing: null })
    })
    return this.#worker.api
  }

  /** Tells what the worker is at, as long as it is this one. */
  #reporter() {
    const worker = this.#worker
    return reporter<RefineReport>((news) => {
      if (worker !== this.#worker) return
      if ('stage' in news) return this.#store.set({ doing: news.stage })
      this.#downloads.add(news.arrived)
      this.#store.set({ transfer: this.#downloads.sum })
    })
  }

  /**
   * Starts what computes, and tells nothing of it. What fails is told by whoever needs it.
   *
   * @param fetching what lacks is downloaded first; else nothing is started where something lacks
   */
  warmUp({ fetching }: { fetching: boolean }) {
    this.#api()
      .warmUp({ fetching })
      .catch(() => {})
  }

  /**
   * Downloads and starts what computes, where the photo leaves something to make, and asks how long that will take here.
   * Turns come and go meanwhile: the answer is the device's, not the photo's.
   */
  async getReady({ looked, strokes }: Pick<Subject, 'looked' | 'strokes'>) {
    if (looked && hasNothingToMake(looked, strokes)) return this.#store.set({ transfer: null })
    if (this.#store.state.estimate) return
    const api = this.#api()
    if (this.#asked?.worker !== this.#worker) this.#asked = { worker: this.#worker, answer: this.#ask(api) }
    await this.#asked!.answer
  }

  async #ask(api: Running<RefineWorker>['api']) {
    const worker = this.#worker
    // Where this fails no time is shown; the run itself then says what is wrong.
    const told = await api.getReady(this.#reporter()).catch(() => {
      // Nor will a worker load again what it could not load once: that run had better have another.
      if (this.#worker === worker && this.#started !== worker) this.end()
      return null
    })
    if (this.#asked?.worker === worker) this.#asked = null
    this.#store.set({ estimate: this.#store.state.estimate ?? told })
    if (!this.#store.at('refining')) this.#store.set({ transfer: null, doing: null })
  }

  /** Begins a run. @param from where its capture comes from @returns what it runs on */
  start(asked: RefineRequest, from: MessagePort, signal: AbortSignal): Promise<RunsOn> {
    const worker = this.#api()
    this.#started = this.#worker
    return untilAborted(worker.start(asked, this.#reporter(), transfer(from, [from])), signal)
  }

  /**
   * Asks for one step of the run after the other.
   *
   * @param tell hears of each
   * @param goOn is waited for before each: a pause is not asking
   */
  async steps(
    signal: AbortSignal,
    tell: (news: StepTaken) => void = () => {},
    goOn = async () => {},
  ): Promise<Finished> {
    // One that has died meanwhile says so; another would know of no run.
    const api = this.#api()
    for (;;) {
      await goOn()
      signal.throwIfAborted()
      const news = await untilAborted(api.next(), signal)
      if (news.finished) {
        this.#started = null
        return news
      }
      tell(news)
    }
  }

  /** Lets the generator free the device; a step in a single WebAssembly thread can take seconds, so not for long. */
  end() {
    const ending = this.#worker
    this.#worker = null
    this.#store.set({ doing: null })
    if (!ending) return
    const terminate = () => ending.terminate()
    setTimeout(terminate, 3000)
    ending.api.stop().then(terminate, terminate)
  }
}
