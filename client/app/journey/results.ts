import { type DownloadForm, type DownloadKind, download } from '../download.ts'
import type { Result } from '../result.ts'
import { sentence } from '../sentences.ts'
import type { Sharings } from '../sharing/sharings.ts'
import { Driver } from '../viewer/driver.ts'
import type { ViewName } from '../viewer/orbit.ts'
import type { Changes } from './changes.ts'
import { resultStage } from './result-stage.ts'
import { type Comparing, type Dialog, type Downloading, type FacedSubject, silence } from './state.ts'
import type { Store } from './store.ts'
import { hasFace, subjectAt } from './subject.ts'
import type { Turns } from './turns.ts'

/** A finished run: looked at, compared, downloaded, shared. */
export class Results {
  /** Of the head that is shown, while it is refined too. */
  readonly driver = new Driver()
  readonly #store: Store
  readonly #turns: Turns
  readonly #sharings: Sharings
  readonly #changes: Changes
  /** The head that is offered to share in the open dialog; null: no dialog is open. */
  #offered: Result['head'] | null = null

  constructor(store: Store, turns: Turns, sharings: Sharings, changes: Changes) {
    this.#store = store
    this.#turns = turns
    this.#sharings = sharings
    this.#changes = changes
    store.subscribe(() => this.#offer())
  }

  /** What is offered to share is what is shown: a head may have been made since the dialog was opened. */
  #offer() {
    const stage = this.#store.at('result')
    if (stage?.dialog !== 'share' || stage.result.head === this.#offered) return
    const { result, subject } = stage
    this.#offered = result.head
    this.#sharings.open(result, subject.photo?.file ?? null)
  }

  show(subject: FacedSubject, result: Result) {
    this.#store.set({ stage: resultStage(subject, result, this.#store.state.stage) })
  }

  /** Another of the finished runs with the present photo. */
  choose(result: Result) {
    const subject = subjectAt(this.#store.state.stage)
    if (!hasFace(subject)) return
    if (this.#store.at('found')) {
      // What the photo was being looked at for.
      this.#turns.end()
      this.#store.set({ work: null })
    }
    this.show(subject, result)
  }

  /** Whoever compares sees what it looks like, not where it comes from. */
  compare(comparing: Comparing | null) {
    const stage = this.#store.at('result')
    if (stage) this.#store.setAt('result', { comparing, evidence: stage.evidence && !comparing })
  }

  /** From the photo, which is flat, to what can be turned. */
  leavePhoto() {
    if (this.#store.at('result')?.comparing === 'photo') this.compare(null)
  }

  /** @param evidence show where each part comes from? */
  showEvidence(evidence: boolean) {
    this.#store.setAt('result', { evidence, comparing: null })
  }

  /** @param view where the face was turned to; null: elsewhere */
  showView(view: ViewName | null) {
    const stage = this.#store.at('refining') ?? this.#store.at('result')
    if (stage && stage.view !== view) this.#store.setAt(stage.name, { view })
  }

  /** Is it being turned by hand? */
  hold(held: boolean) {
    this.#store.setAt('result', { held })
  }

  /** What moves the head is loaded when it is first wanted. */
  async openPuppet() {
    this.#store.set(silence)
    this.#store.setAt('result', { puppet: 'coming', comparing: null, evidence: false, hairMenu: false })
    try {
      await import('../puppet/puppet-panel.ts')
      if (this.#store.at('result')?.puppet) this.#store.setAt('result', { puppet: 'open' })
    } catch (error) {
      this.closePuppet()
      this.#store.set({ error: { words: sentence(error), fault: null } })
    }
  }

  closePuppet() {
    this.#store.setAt('result', { puppet: null })
  }

  /** @param light degrees to the viewer's right; null: the photo's own */
  lightFrom(light: number | null) {
    const stage = this.#store.at('result')
    const before = stage?.subject.light
    if (!stage || before === undefined || before === light) return
    this.#changes.of(stage.result).add({
      ...{ what: 'light', isDrag: before !== null && light !== null },
      undo: () => this.#setLight(before),
      redo: () => this.#setLight(light),
    })
    this.#store.set(silence)
    this.#setLight(light)
  }

  #setLight(light: number | null) {
    const stage = this.#store.at('result')
    this.leavePhoto()
    if (stage)
      this.#store.setAt('result', {
        subject: { ...stage.subject, light },
        // Colours that tell something are not lit.
        evidence: stage.evidence && light === null,
      })
  }

  /** Opens a dialog over the result, or closes it. A share that was begun stays as it is. */
  openDialog(dialog: Dialog | null) {
    const stage = this.#store.at('result')
    if (!stage) return
    this.#offered = null
    if (dialog !== 'share') this.#sharings.close(stage.result)
    // What was said before is done with.
    if (dialog) this.#store.set(silence)
    this.#store.setAt('result', { dialog })
  }

  shapeDownload(form: Partial<DownloadForm>) {
    this.#changeDownload({ ...form, failed: false })
  }

  /** Makes the file where it is not there yet, and hands it to the browser. */
  async download(kind: DownloadKind) {
    const stage = this.#store.at('result')
    if (!stage || stage.downloading.busy) return
    const { result, downloading } = stage
    const { size, format } = downloading
    this.#changeDownload({ busy: true, failed: false })
    try {
      await download(result, kind, { size: size ?? result.refined.size, format })
      this.#changeDownload({ busy: false, failed: false })
    } catch (error) {
      console.warn(error)
      this.#changeDownload({ busy: false, failed: true })
    }
  }

  #changeDownload(change: Partial<Downloading>) {
    const stage = this.#store.at('result')
    if (stage) this.#store.setAt('result', { downloading: { ...stage.downloading, ...change } })
  }
}
