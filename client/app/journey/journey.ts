import { hasKeptModels } from '../../runtime/kept-models.ts'
import { Downloads } from '../downloads.ts'
import { keptRun } from '../kept-run.ts'
import { savesData } from '../saves-data.ts'
import { Sharings } from '../sharing/sharings.ts'
import { Shelf } from '../shelf/shelf.ts'
import type { Place } from '../stage-history.ts'
import { Stopwatch } from '../stopwatch.ts'
import { Camera } from './camera.ts'
import { Capturing } from './capturing.ts'
import { Changes } from './changes.ts'
import { Computing } from './computing.ts'
import { Finding } from './finding.ts'
import { HairLooks } from './hair-looks.ts'
import { Heads } from './heads.ts'
import { Painting } from './painting.ts'
import { Polishing } from './polishing.ts'
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
  readonly changes = new Changes(this.store)
  readonly finding: Finding
  readonly camera: Camera
  readonly painting: Painting
  readonly refining: Refining
  readonly results: Results
  readonly shelf: Shelf
  readonly heads: Heads
  readonly hairLooks: HairLooks
  readonly sharings: Sharings
  readonly polishing: Polishing
  readonly #capturing: Capturing
  #turns = new Turns(this.store)

  /** @param widgetKey the publishable key that results are shared with, where the page is a widget's */
  constructor(widgetKey?: string) {
    const { store, changes } = this
    const turns = this.#turns
    this.sharings = new Sharings({
      key: widgetKey,
      changed: () => store.tell(),
      onShared: (result, shared) => this.shelf.remember(result, shared),
    })
    const downloads = new Downloads()
    const capturing = new Capturing(store, downloads)
    const computing = new Computing(store, downloads)
    const opened = (signal: AbortSignal) => this.refining.showOpened(signal)
    this.finding = new Finding(store, turns, capturing, computing, opened)
    this.#capturing = capturing
    this.camera = new Camera(store, turns, this.finding)
    this.painting = new Painting(store, turns)
    this.results = new Results(store, turns, this.sharings, changes)
    this.shelf = new Shelf(store, turns, this.results, changes)
    this.heads = new Heads(store, capturing, this.shelf, changes)
    this.hairLooks = new HairLooks(store, capturing, this.heads)
    const { finding, results, shelf, heads, sharings } = this
    const rooms = { turns, capturing, computing, finding, results, shelf, heads, sharings }
    this.polishing = new Polishing(store, { ...rooms, changes })
    this.refining = new Refining(store, { ...rooms, polishing: this.polishing })
    const stopwatch = new Stopwatch((elapsed) => store.set({ elapsed }))
    // A run that was paused goes on counting.
    store.subscribe(() => stopwatch.time(timed(store.state), !!store.at('refining')?.run.progress))
  }

  /** Looks what earlier visits left behind, faces and a run; the first screen then offers it. */
  async findKept() {
    const [kept] = await Promise.all([keptRun(), this.shelf.look()])
    if (kept && this.store.at('photo')) this.store.set({ kept })
  }

  /** Starts what the first photo will take, where earlier visits have left its files here. */
  async warmUp() {
    if (!savesData() && (await hasKeptModels())) this.#capturing.warmUp()
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
   * @param face whose result it was, by its place on the shelf; null: it has none
   * @returns false where that place is no more
   */
  async visit(place: Place, face: string | null = null): Promise<boolean> {
    const { stage } = this.store.state
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
      // Of a face that was kept without its photo there is nothing before the result.
      if (subject && !subject.photo) this.startOver()
      else if (subject) this.finding.showPhoto(subject)
      return subject !== null
    }
    const shown = subject?.shown
    if (shown && (!face || this.shelf.idOf(shown) === face)) this.results.choose(shown)
    else if (face) await this.shelf.open(face)
    return this.store.state.stage.name === 'result'
  }
}

/** What the seconds are counted of. */
function timed({ stage, work, doing }: State): string | null {
  if (stage.name === 'refining') return stage.run.paused ? null : 'run'
  if (work) return `${work.words}${work.waits ? ', for downloads' : ''}`
  return stage.name === 'result' && stage.downloading.busy ? 'file' : doing
}
