import { Downloads } from '../downloads.ts'
import { keptFace } from '../kept-face.ts'
import { keptRun } from '../kept-run.ts'
import { Sharings } from '../sharing/sharings.ts'
import type { Place } from '../stage-history.ts'
import { Stopwatch } from '../stopwatch.ts'
import { Camera } from './camera.ts'
import { Capturing } from './capturing.ts'
import { Computing } from './computing.ts'
import { Finding } from './finding.ts'
import { HairLooks } from './hair-looks.ts'
import { Heads } from './heads.ts'
import { LastFaces } from './last-faces.ts'
import { Painting } from './painting.ts'
import { Refining } from './refining.ts'
import { Results } from './results.ts'
import { Settings } from './settings.ts'
import { type State, silence } from './state.ts'
import { Store } from './store.ts'
import { subjectAt } from './subject.ts'
import { Turns } from './turns.ts'

/** The walk from a photo to a result. Each stage has its own room, where all that can be done in it is a method. */
export class Journey {
  readonly store = new Store()
  readonly settings = new Settings(this.store)
  readonly finding: Finding
  readonly camera: Camera
  readonly painting: Painting
  readonly refining: Refining
  readonly results: Results
  readonly lastFaces: LastFaces
  readonly heads: Heads
  readonly hairLooks: HairLooks
  readonly sharings: Sharings
  #turns = new Turns(this.store)

  /** @param widgetKey the publishable key that results are shared with, where the page is a widget's */
  constructor(widgetKey?: string) {
    const { store } = this
    const turns = this.#turns
    this.sharings = new Sharings({
      key: widgetKey,
      changed: () => store.tell(),
      onShared: (result, shared) => this.lastFaces.remember(result, shared),
    })
    const downloads = new Downloads()
    const capturing = new Capturing(store, turns, downloads)
    const computing = new Computing(store, turns, downloads)
    this.finding = new Finding(store, turns, capturing, (signal) => this.refining.showOpened(signal))
    this.camera = new Camera(store, turns, this.finding)
    this.painting = new Painting(store, turns)
    this.results = new Results(store, turns, this.sharings)
    this.lastFaces = new LastFaces(store, turns, this.results)
    this.heads = new Heads(store, capturing, this.lastFaces)
    this.hairLooks = new HairLooks(store, capturing, this.heads)
    const { finding, results, lastFaces, heads } = this
    this.refining = new Refining(store, { turns, capturing, computing, finding, results, lastFaces, heads })
    const stopwatch = new Stopwatch((elapsed) => store.set({ elapsed }))
    // A run that was paused goes on counting.
    store.subscribe(() => stopwatch.time(timed(store.state), !!store.at('refining')?.run.progress))
  }

  /** Looks what earlier visits left behind, a face or a run; the first screen then offers it. */
  async findKept() {
    const { state } = this.store
    const [last, kept] = await Promise.all([state.last ?? keptFace(), keptRun()])
    this.store.set({ last: state.last ?? last })
    if (kept && this.store.at('photo')) this.store.set({ kept })
  }

  /** Back to the first screen, from which a finished face can be come back to. */
  startOver() {
    this.#turns.end()
    const behind = subjectAt(this.store.state.stage)
    this.store.set({ stage: { name: 'photo', behind }, ...silence, work: null, transfer: null })
    void this.findKept()
  }

  /**
   * Where the browser's Back and Forward lead.
   *
   * @returns false where that place is no more
   */
  visit(place: Place): boolean {
    const { stage, last } = this.store.state
    const subject = subjectAt(stage)
    if (place === stage.name) return true
    if (place === 'photo') {
      if (stage.name === 'refining') void this.refining.setAside()
      this.startOver()
      return true
    }
    if (place !== 'found' && place !== 'result') return false
    // These lead back to where they were begun.
    if (stage.name === 'refining') void this.refining.setAside()
    else if (stage.name === 'camera') this.camera.close()
    if (this.store.state.stage.name === place) return true
    if (place === 'found') {
      if (subject) this.finding.showPhoto(subject)
      return subject !== null
    }
    if (subject?.shown) this.results.choose(subject.shown)
    else if (last) this.lastFaces.show()
    return this.store.state.stage.name === 'result'
  }
}

/** What the seconds are counted of. */
function timed({ stage, work, doing }: State): string | null {
  if (stage.name === 'refining') return stage.run.paused ? null : 'run'
  if (work) return `${work.words}${work.waits ? ', for downloads' : ''}`
  return stage.name === 'result' && stage.downloading.busy ? 'file' : doing
}
