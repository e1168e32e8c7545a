import type { ExpressionName, ExpressionWeights } from '../../head/expressions/names.ts'
import type { Pixels } from '../pixels.ts'
import { texts } from '../texts/index.ts'
import { Appearing } from './appearing.ts'
import { drawFromOrbit, type Face, isSameFace, isWhole } from './drawing.ts'
import type { Driver } from './driver.ts'
import type { Gaze } from './idle.ts'
import {
  approach,
  front,
  isNear,
  limited,
  nearestTurn,
  type Orbit,
  slowTurn,
  unwrapping,
  unwrapSeconds,
} from './orbit.ts'
import type { Pose } from './pose.ts'

const prefersStill = matchMedia('(prefers-reduced-motion: reduce)')

/** What a living head does: loaded with the first that can move. */
let life: typeof import('./idle.ts') | null = null

/** Seconds between two drawings of what does nothing but glow. */
const glowing = 0.1
/** Of what is alive and does nothing else: 30 in a second, where screens have 60. */
const idling = 0.03
/** Where a drawing takes more seconds than this, life would be a blink in one picture out of many: it is not shown. */
const slowest = 0.06
/** Seconds after which it is tried again whether a drawing is faster by now. */
const retrying = 4
/** How fast a head follows with its eyes who looks at it: of what is left of the way, in a second. */
const following = 2.5

/**
 * `<face-viewer>`: a face or a whole head in 3D. Drag or arrow keys turn it, wheel, pinch or + and - bring it nearer, a double
 * click or 0 puts it back. It turns slowly until it is touched, unless the person prefers reduced motion. With the attribute
 * `unwraps` the first face first shows how its skin is laid out as a texture. A head that has movement blinks, breathes and looks
 * at the viewer a little, wherever it may move by itself and nothing is compared on it; what cannot be seen does not move.
 *
 * With `other` it shows two textures at once, that one to the left of the line `--at`.
 *
 * Events: `drawn` after each drawing, and where it cannot draw; `turn` (detail: Orbit, or null at first) where it is
 * turned by somebody; `hold` (detail: boolean) where a hand takes hold of it or lets it go.
 */
export class FaceViewer extends HTMLElement {
  #canvas = document.createElement('canvas')
  #otherCanvas = document.createElement('canvas')
  /** Device pixels that there is place for. */
  #size = { width: 0, height: 0 }
  #face: Face | null = null
  #other: Pixels | null = null
  #orbit: Orbit = front
  #target: Orbit = front
  #turning = !prefersStill.matches
  #still = false
  #light: number | null = null
  #appearing = new Appearing()
  /** Seconds into the unwrapping; null: not under way. */
  #unwrapped: number | null = null
  #turnedFor = 0
  #expression: ExpressionWeights = {}
  #pose: Pose | null = null
  #driver: Driver | null = null
  /** The pose has changed since it was drawn. */
  #stirred = false
  /** Seconds that it has been alive. */
  #lived = 0
  /** Was it drawn as something alive? */
  #wasAlive = false
  #gaze: Gaze = front
  readonly #seed = Math.floor(Math.random() * 2 ** 31)
  #inSight = true
  #pointers = new Map<number, { x: number; y: number }>()
  #frame = 0
  #lastFrame = 0
  #dirty = true
  #drawing = false
  /** Seconds a drawing takes, smoothed: a slow machine gets fewer frames, and keeps its time for the refinement. */
  #cost = 0
  #resized = new ResizeObserver(() => this.#fit())
  #sight = new IntersectionObserver((entries) => {
    this.#inSight = entries.at(-1)!.isIntersecting
    this.#request()
  })

  connectedCallback() {
    this.#otherCanvas.className = 'other'
    this.replaceChildren(this.#canvas)
    this.tabIndex = 0
    this.setAttribute('role', 'img')
    // The page sets it anew where its language changes.
    this.ariaLabel ??= texts().viewer.label
    this.#resized.observe(this)
    this.#sight.observe(this)
    const on = this.addEventListener.bind(this)
    on('pointerdown', this.#onPointerDown)
    on('pointermove', this.#onPointerMove)
    on('pointerup', this.#onPointerUp)
    on('pointercancel', this.#onPointerUp)
    on('wheel', this.#onWheel, { passive: false })
    on('dblclick', () => this.look(front))
    on('keydown', this.#onKey)
    this.#tellTurn(null)
    this.#request()
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#resized.disconnect()
    this.#sight.disconnect()
  }

  /** null shows the empty stage. */
  set face(face: Face | null) {
    if (isSameFace(face, this.#face)) return
    const isFirst = face !== null && this.#face === null
    const wasWhole = this.#whole
    this.#appearing.change(this.#face, face)
    this.#face = face
    if (isFirst && this.hasAttribute('unwraps') && this.#moves) this.#unwrapped = 0
    if (this.#whole !== wasWhole) this.#turnOn()
    if (this.canMove && !life) void this.#loadLife()
    this.#invalidate()
  }

  /** Where it cannot be loaded the head rests. */
  async #loadLife() {
    life = await import('./idle.ts').catch(() => null)
    this.#request()
  }

  /** Another texture of the same mesh; null: none. */
  set other(other: Pixels | null) {
    if (other === this.#other) return
    this.#other = other
    this.#invalidate()
  }

  /** May it move by itself? */
  set still(still: boolean) {
    this.#still = still
    if (still) this.#unwrapped = null
    this.#request()
  }

  /** Has what is shown expressions, and a neck that turns? */
  get canMove(): boolean {
    return !!this.#face?.movement
  }

  /** What its face does, besides what it does by itself; an empty one: nothing. */
  set expression(expression: ExpressionWeights) {
    this.#expression = expression
    this.#stir()
  }

  /** What it does, and nothing else; null: what it does by itself. May be set for every frame: only the last is drawn. */
  set pose(pose: Pose | null) {
    if (pose === this.#pose) return
    this.#pose = pose
    this.#stir()
  }

  /** What drives it where no pose is set. It drives one viewer: the last that it was given to. */
  set driver(driver: Driver) {
    this.#driver = driver
    driver.changed = () => this.#stir()
    this.#stir()
  }

  /** What it is made to do, and nothing else. */
  get #driven(): Pose | null {
    return this.#pose ?? this.#driver?.pose ?? null
  }

  #stir() {
    this.#stirred = true
    this.#request()
  }

  /** See View.light. */
  set light(light: number | null) {
    if (light === this.#light) return
    this.#light = light
    this.#invalidate()
  }

  /** Can it be looked at from all sides? */
  get #whole() {
    return this.#face !== null && isWhole(this.#face)
  }

  /** Where a head takes the place of its face or the other way round, the turn goes on from where it is, within its limits. */
  #turnOn() {
    this.#orbit = nearestTurn(this.#orbit, front)
    this.#target = limited(nearestTurn(this.#target, front), this.#whole)
    this.#turnedFor = 0
  }

  get #moves() {
    return !this.#still && !prefersStill.matches
  }

  get #idles() {
    const isStage = this.#driven === null && this.#other === null && this.#unwrapped === null
    return life !== null && this.#moves && isStage && this.canMove && !this.#face?.evidence
  }

  /** Turns to a view and stays there. Default: the front. */
  look(orbit: Orbit = front) {
    this.#touch()
    this.#target = limited(nearestTurn(orbit, this.#orbit), this.#whole)
    if (!this.#moves) this.#orbit = this.#target
    this.#tellTurn(this.#target)
    this.#invalidate()
  }

  #touch() {
    this.#turning = false
    this.#unwrapped = null
    this.#dirty = true
    this.toggleAttribute('touched', true)
  }

  #invalidate() {
    this.#dirty = true
    this.#request()
  }

  #request() {
    if (!this.#frame && this.isConnected) this.#frame = requestAnimationFrame(this.#onFrame)
  }

  #onFrame = (now: number) => {
    this.#frame = 0
    if (this.#drawing) return
    const seconds = (now - this.#lastFrame) / 1000
    const turning = this.#turning && !this.#still && this.#inSight
    const idles = this.#idles && this.#inSight
    if (seconds < this.#leastSeconds(turning, idles)) return this.#request()
    this.#lastFrame = now
    const sinceLast = Math.min(0.1, seconds)
    if (this.#unwrapped !== null) {
      this.#unwrapped += sinceLast
      this.#dirty = true
      if (this.#unwrapped > unwrapSeconds) this.#unwrapped = null
    } else if (turning) {
      this.#turnedFor += sinceLast
      this.#target = slowTurn(this.#turnedFor, this.#whole)
    }
    const isComing = this.#face?.coming !== undefined
    if (idles) {
      this.#lived += sinceLast
      this.#gaze = followed(this.#gaze, life!.gazeAt(this.#orbit), sinceLast)
    }
    if (this.#appearing.step(seconds, isComing, this.#moves)) this.#dirty = true
    const moving = !isNear(this.#orbit, this.#target)
    if (moving) this.#orbit = approach(this.#orbit, this.#target, sinceLast)
    if (moving || this.#dirty || this.#stirred || idles) this.#draw()
    else if (turning) this.#request()
  }

  /**
   * Seconds from one drawing to the next. The first touch is answered at once; what it does by itself, the slow turn, the glow and
   * being alive, takes a third of the renderer's time at most, and what somebody else drives a half.
   */
  #leastSeconds(turning: boolean, idles: boolean): number {
    const isFading = this.#appearing.fading !== null
    if (turning && !isFading) return this.#cost * 3
    if (this.#dirty || isFading || !isNear(this.#orbit, this.#target)) return 0
    if (this.#stirred) return this.#cost * 2
    const isGivenUp = idles && this.#isSlow && !this.#wasAlive
    return Math.max(isGivenUp ? retrying : idles ? idling : glowing, this.#cost * 3)
  }

  get #isSlow() {
    return this.#cost > slowest
  }

  /** Of a head that can move: what it does now. */
  get #posed(): Pose | null {
    if (!this.canMove) return null
    if (this.#driven) return this.#driven
    if (!life || !this.#idles || this.#isSlow) return { weights: this.#expression }
    const { weights, turn } = life.idlePose(this.#lived, this.#seed, this.#gaze)
    return { weights: added(weights, this.#expression), turn }
  }

  async #draw() {
    const { width, height } = this.#size
    // Nothing is drawn before the place is measured.
    if (!this.#face || width === 0 || height === 0) return
    this.#dirty = false
    this.#stirred = false
    this.#drawing = true
    this.#wasAlive = this.#idles && !this.#isSlow
    const start = performance.now()
    const view = {
      ...this.#orbit,
      light: this.#light,
      unfold: this.#unwrapped === null ? 0 : unwrapping(this.#unwrapped),
      glow: this.#appearing.glow,
      pose: this.#posed,
    }
    const { fading } = this.#appearing
    const [face, other] = [this.#face, this.#other]
    try {
      const [now, then] = await Promise.all([
        drawFromOrbit(face, width, height, view, fading),
        other && drawFromOrbit({ ...face, texture: other }, width, height, view),
      ])
      show(this.#canvas, now)
      if (then) show(this.#otherCanvas, then)
      if (then) this.appendChild(this.#otherCanvas)
      else this.#otherCanvas.remove()
    } catch {
      this.textContent = texts().viewer.noWebGl
      return
    } finally {
      this.#drawing = false
      this.dispatchEvent(new Event('drawn'))
    }
    this.#cost += ((performance.now() - start) / 1000 - this.#cost) * 0.2
    this.#request()
  }

  #fit() {
    const ratio = Math.min(2, devicePixelRatio)
    const { width, height } = this.getBoundingClientRect()
    this.#size = { width: Math.round(width * ratio), height: Math.round(height * ratio) }
    this.#invalidate()
  }

  #onPointerDown = (event: PointerEvent) => {
    this.#touch()
    this.setPointerCapture(event.pointerId)
    if (this.#pointers.size === 0) this.#tellHold(true)
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
  }

  #onPointerMove = (event: PointerEvent) => {
    const before = this.#pointers.get(event.pointerId)
    if (!before) return
    const spread = this.#spread()
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (this.#pointers.size > 1) {
      this.#zoomBy(spread > 0 ? this.#spread() / spread : 1)
      return
    }
    const perPixel = 3.2 / Math.max(200, this.clientWidth, this.clientHeight)
    this.#turnBy((before.x - event.clientX) * perPixel, (event.clientY - before.y) * perPixel)
  }

  #onPointerUp = (event: PointerEvent) => {
    if (this.#pointers.delete(event.pointerId) && this.#pointers.size === 0) this.#tellHold(false)
  }

  /** Distance between two fingers, CSS pixels. */
  #spread() {
    const [a, b] = [...this.#pointers.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }

  #onWheel = (event: WheelEvent) => {
    event.preventDefault()
    this.#touch()
    this.#zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)))
  }

  #onKey = (event: KeyboardEvent) => {
    const turn = 0.15
    const keys: Record<string, () => void> = {
      ArrowLeft: () => this.#turnBy(-turn, 0),
      ArrowRight: () => this.#turnBy(turn, 0),
      ArrowUp: () => this.#turnBy(0, turn),
      ArrowDown: () => this.#turnBy(0, -turn),
      '+': () => this.#zoomBy(1.15),
      '=': () => this.#zoomBy(1.15),
      '-': () => this.#zoomBy(1 / 1.15),
      '0': () => this.look(front),
    }
    const action = keys[event.key]
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    this.#touch()
    action()
  }

  #turnBy(azimuth: number, elevation: number) {
    const { azimuth: a, elevation: e, zoom } = this.#target
    this.#target = limited({ azimuth: a + azimuth, elevation: e + elevation, zoom }, this.#whole)
    this.#tellTurn(this.#target)
    this.#request()
  }

  #tellTurn(orbit: Orbit | null) {
    this.dispatchEvent(new CustomEvent('turn', { detail: orbit }))
  }

  #tellHold(held: boolean) {
    this.dispatchEvent(new CustomEvent('hold', { detail: held }))
  }

  #zoomBy(factor: number) {
    this.#target = limited({ ...this.#target, zoom: this.#target.zoom * factor }, this.#whole)
    this.#request()
  }
}

/** Each as strong as both together, up to its full strength. */
function added(a: ExpressionWeights, b: ExpressionWeights): ExpressionWeights {
  const sum = { ...a }
  for (const [name, weight] of Object.entries(b) as [ExpressionName, number][])
    sum[name] = Math.min(1, (a[name] ?? 0) + weight)
  return sum
}

function followed(from: Gaze, to: Gaze, seconds: number): Gaze {
  const share = 1 - Math.exp(-following * seconds)
  return {
    azimuth: from.azimuth + (to.azimuth - from.azimuth) * share,
    elevation: from.elevation + (to.elevation - from.elevation) * share,
  }
}

/** The place may have changed meanwhile: the canvas is as large as its picture, which would be stretched otherwise. */
function show(canvas: HTMLCanvasElement, bitmap: ImageBitmap) {
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width
  if (canvas.height !== bitmap.height) canvas.height = bitmap.height
  canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(bitmap)
}

customElements.define('face-viewer', FaceViewer)
