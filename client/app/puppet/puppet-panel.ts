import '../styles/puppet.css'
import '../viewer/expression-sliders.ts'
import { html, nothing, render, type TemplateResult } from 'lit-html'
import type { ExpressionWeights } from '../../head/expressions/names.ts'
import type { HeadAnimation } from '../../result/head-animation.ts'
import type { SeenHead } from '../messages.ts'
import type { Language } from '../texts/index.ts'
import { type ExpressionGroup, expressionGroups } from '../viewer/expression-groups.ts'
import type { FaceViewer } from '../viewer/face-viewer.ts'
import type { Pose } from '../viewer/pose.ts'
import { CameraTracking } from './camera-tracking.ts'
import { Film } from './film.ts'
import { type Acted, atRest, follow } from './following.ts'
import { turnOf } from './head-angles.ts'
import { mirrored } from './mirror.ts'
import { drawSeen } from './preview.ts'
import { type PuppetTexts, puppetTexts } from './puppet-texts.ts'
import { longest, Recording } from './recording.ts'
import { saveFilm, saveMoving } from './save-moving.ts'
import type { SeenFrame } from './tracker.worker.ts'

/** Seconds without a face after which the head is left alone. */
const patience = 1.5
/** Expressions whose strength is shown: those that faces show all the time. */
const metered: ExpressionGroup[] = ['smile', 'jawOpen', 'pucker', 'blink', 'browsUp', 'browsDown']

/** What was recorded, ready to be saved. */
interface Recorded {
  film: Blob | null
  animation: HeadAnimation
}

/**
 * `<puppet-panel lang="en">`: a webcam drives a head; without one, sliders do. It asks for the camera as soon as it stands on
 * the page, and gives it back when it leaves it.
 *
 * Event: `leave` where somebody is done with it.
 */
export class PuppetPanel extends HTMLElement {
  static observedAttributes = ['lang']
  /** Which head is driven: that of the page's viewer, which moves. To be set before this is put on a page. */
  head!: SeenHead
  #viewer!: FaceViewer
  readonly #video = document.createElement('video')
  readonly #marks = document.createElement('canvas')
  #camera: CameraTracking | 'starting' | null = null
  /** Counts the cameras that were asked for: one that comes too late is given back. */
  #asked = 0
  #trouble: keyof Pick<PuppetTexts, 'denied' | 'none' | 'failed' | 'unfetched' | 'notMade'> | null = null
  #seen: SeenFrame['tracked'] | null = null
  /** What the head is to do; null: nothing, it is left alone. */
  #target: Acted | null = null
  #drawn: Acted = atRest
  #pose: Pose = { weights: {}, turn: turnOf(atRest.angles) }
  #lastSeen = 0
  #frame = 0
  #lastFrame = 0
  #recording: { movement: Recording; film: Film | null; since: number } | null = null
  #recorded: Recorded | null = null
  #saving = false

  connectedCallback() {
    Object.assign(this.#video, { muted: true, playsInline: true, autoplay: true })
    this.#marks.ariaHidden = 'true'
    this.#viewer = document.querySelector<FaceViewer>('face-viewer')!
    this.#viewer.look()
    this.#draw()
    this.querySelector<HTMLElement>('h1')!.focus({ preventScroll: true })
    void this.#start()
    this.#frame = requestAnimationFrame(this.#onFrame)
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#frame)
    void this.#recording?.film?.stop()
    this.#recording = null
    this.#stop()
    this.#viewer.pose = null
    // Where the reader came from, once it is drawn again.
    queueMicrotask(() => document.querySelector<HTMLElement>('.puppet-open')?.focus())
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw()
  }

  get #words() {
    return puppetTexts[this.lang as Language]
  }

  async #start() {
    const asked = ++this.#asked
    this.#camera = 'starting'
    this.#trouble = null
    this.#draw()
    try {
      const camera = await CameraTracking.start(this.#video, this.head.movement!.head.morphs)
      if (asked !== this.#asked) return camera.stop()
      this.#camera = camera
      this.#draw()
      await camera.follow((seen, taken) => this.#onSeen(seen, taken))
    } catch (error) {
      if (asked !== this.#asked) return
      console.warn(error)
      this.#stop()
      this.#trouble = whyNot(error)
      this.#draw()
    }
  }

  #stop() {
    this.#asked++
    if (this.#camera instanceof CameraTracking) this.#camera.stop()
    this.#camera = null
    this.#seen = null
    this.#target = null
    drawSeen(this.#marks, null, this.#marks)
  }

  #onSeen({ tracked, landmarks }: SeenFrame, taken: number) {
    const said = this.#seen?.sees
    this.#seen = tracked
    const { videoWidth: width, videoHeight: height } = this.#video
    drawSeen(this.#marks, landmarks, { width, height })
    if (tracked.sees === 'face') {
      this.#target = mirrored(tracked)
      this.#lastSeen = taken
    } else if (tracked.sees === 'neutral' || taken - this.#lastSeen > 1000 * patience) this.#target = null
    // The bars follow with each drawing of the head.
    if (said !== tracked.sees || tracked.sees === 'neutral') this.#draw()
  }

  /** Draws as often as the screen does, between the camera's frames too. */
  #onFrame = (now: number) => {
    this.#frame = requestAnimationFrame(this.#onFrame)
    const seconds = Math.min(0.1, (now - this.#lastFrame) / 1000)
    this.#lastFrame = now
    const drawn = follow(this.#drawn, this.#target ?? atRest, seconds)
    if (drawn !== this.#drawn) this.#pose = { weights: drawn.weights, turn: turnOf(drawn.angles) }
    this.#drawn = drawn
    const pose = this.#pose
    // Left alone it does what it does by itself.
    this.#viewer.pose = this.#target || this.#recording ? pose : null
    for (const bar of this.querySelectorAll<HTMLElement>('.meter [data-group]'))
      bar.style.setProperty(
        '--strength',
        String(strengthOf(bar.dataset.group as ExpressionGroup, pose.weights)),
      )
    if (!this.#recording) return
    const { movement, since } = this.#recording
    const before = Math.ceil(longest - movement.seconds)
    movement.add(pose, (now - since) / 1000)
    if (movement.seconds >= longest) void this.#endRecording()
    else if (Math.ceil(longest - movement.seconds) !== before) this.#draw()
  }

  #express(weights: ExpressionWeights) {
    this.#target = Object.keys(weights).length > 0 ? { ...atRest, weights } : null
  }

  #record() {
    this.#recorded = null
    this.#trouble = null
    const since = performance.now()
    this.#recording = { movement: new Recording(), film: Film.start(this.#viewer), since }
    this.#draw()
  }

  async #endRecording() {
    const { movement, film } = this.#recording!
    this.#recording = null
    this.#draw()
    const animation = movement.animation('Puppet')
    this.#recorded = { film: (await film?.stop()) ?? null, animation }
    this.#draw()
  }

  async #saveHead(animation: HeadAnimation) {
    this.#saving = true
    this.#trouble = null
    this.#draw()
    try {
      await saveMoving(this.head, animation)
    } catch (error) {
      console.warn(error)
      this.#trouble = 'notMade'
    }
    this.#saving = false
    this.#draw()
  }

  #draw() {
    const words = this.#words
    const { heading, lead, privacy, back } = words
    const camera = this.#camera
    const leave = () => this.dispatchEvent(new Event('leave'))
    this.#video.ariaLabel = words.picture
    render(
      html`
        <h1 tabindex="-1">${heading}</h1>
        <p>${lead}</p>
        <p class="message error" role="alert" ?hidden=${!this.#trouble}>${this.#trouble && words[this.#trouble]}</p>
        <div class="mirror" ?hidden=${!camera}>
          <div class="mirrored">${this.#video}${this.#marks}</div>
          ${this.#meter(words)}
        </div>
        <p role="status">${this.#said(words)}</p>
        ${this.#seen?.sees === 'neutral' ? html`<progress class="bar" aria-label=${words.sees.neutral} max="1" value=${this.#seen.share}></progress>` : nothing}
        ${
          camera
            ? nothing
            : html`<expression-sliders .texts=${words.sliders} @express=${({ detail }: CustomEvent<ExpressionWeights>) => this.#express(detail)}></expression-sliders>`
        }
        <div class="actions">
          ${this.#recordButton(words)} ${this.#cameraButtons(words)}
        </div>
        ${this.#recorded ? this.#files(this.#recorded, words) : nothing}
        <p class="quiet">${privacy}</p>
        <button type="button" class="plain back" @click=${leave}>${back}</button>
      `,
      this,
    )
  }

  #said({ starting, sees }: PuppetTexts): string {
    if (this.#camera === 'starting') return `${starting} …`
    return this.#seen ? sees[this.#seen.sees] : ''
  }

  /** Not for readers, who would hear it change all the time. */
  #meter({ strongest, sliders }: PuppetTexts): TemplateResult {
    return html`
      <ul class="meter" aria-label=${strongest} aria-hidden="true">
        ${metered.map((group) => html`<li>${sliders.groups[group]}<span data-group=${group}></span></li>`)}
      </ul>
    `
  }

  #recordButton({ record, recording }: PuppetTexts): TemplateResult {
    if (!this.#recording)
      return html`<button type="button" class="button primary" ?disabled=${this.#camera === 'starting'} @click=${() => this.#record()}>${record}</button>`
    const left = Math.ceil(longest - this.#recording.movement.seconds)
    return html`<button type="button" class="button primary" @click=${() => this.#endRecording()}>${recording(left)}</button>`
  }

  #cameraButtons({ relearn, stop, start }: PuppetTexts): TemplateResult {
    const camera = this.#camera
    if (!camera)
      return html`<button type="button" class="button" @click=${() => this.#start()}>${start}</button>`
    const isOn = camera instanceof CameraTracking
    return html`
      ${isOn ? html`<button type="button" class="button" @click=${() => camera.relearn()}>${relearn}</button>` : nothing}
      <button type="button" class="button" @click=${() => this.#end()}>${stop}</button>
    `
  }

  #end() {
    this.#stop()
    this.#draw()
  }

  #files({ film, animation }: Recorded, words: PuppetTexts): TemplateResult {
    const type = film?.type === 'video/mp4' ? 'MP4' : 'WebM'
    return html`
      <ul class="downloads">
        ${film ? html`<li><button type="button" class="button" @click=${() => saveFilm(film)}>${words.film(type)}</button></li>` : nothing}
        <li>
          <button type="button" class="button" ?disabled=${this.#saving} @click=${() => this.#saveHead(animation)}>
            ${words.head} <small>${words.headWhy}</small>
          </button>
        </li>
      </ul>
    `
  }
}

/** 0..1: of its strongest. */
function strengthOf(group: ExpressionGroup, weights: ExpressionWeights): number {
  return Math.max(...expressionGroups[group].map((name) => weights[name] ?? 0))
}

function whyNot(error: unknown) {
  const { name, code } = error as { name?: string; code?: unknown }
  // A ModelError's; what a camera throws has a number there.
  if (typeof code === 'string') return 'unfetched'
  if (name === 'NotAllowedError') return 'denied'
  return name === 'NotFoundError' ? 'none' : 'failed'
}

customElements.define('puppet-panel', PuppetPanel)
