import { approach, front, isNear, limited, type Orbit, slowTurn } from './orbit.ts'
import type { Face, FaceRenderer } from './renderer.ts'
import { faceRenderer } from './shared.ts'

/**
 * `<face-viewer>`: the face in 3D. Drag or arrow keys turn it, wheel, pinch or + and - bring it nearer, a double click
 * or 0 puts it back. It turns slowly until it is touched, unless the person prefers reduced motion.
 */
export class FaceViewer extends HTMLElement {
  #canvas = document.createElement('canvas')
  #renderer: FaceRenderer | null = null
  #face: Face | null = null
  #orbit: Orbit = front
  #target: Orbit = front
  #turning = !matchMedia('(prefers-reduced-motion: reduce)').matches
  #turnedFor = 0
  #pointers = new Map<number, { x: number; y: number }>()
  #frame = 0
  #lastFrame = 0
  #dirty = true
  /** Seconds a drawing takes, smoothed: a slow machine gets fewer frames, and keeps its time for the refinement. */
  #cost = 0
  #resized = new ResizeObserver(() => this.#fit())

  connectedCallback() {
    this.replaceChildren(this.#canvas)
    this.tabIndex = 0
    this.setAttribute('role', 'img')
    this.setAttribute(
      'aria-label',
      'The face in 3D. Arrow keys turn it, plus and minus bring it nearer, zero puts it back.',
    )
    this.#resized.observe(this)
    const on = this.addEventListener.bind(this)
    on('pointerdown', this.#onPointerDown)
    on('pointermove', this.#onPointerMove)
    on('pointerup', this.#onPointerUp)
    on('pointercancel', this.#onPointerUp)
    on('wheel', this.#onWheel, { passive: false })
    on('dblclick', () => this.look(front))
    on('keydown', this.#onKey)
    this.#request()
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#resized.disconnect()
  }

  /** null shows the empty stage. */
  set face(face: Face | null) {
    if (face?.texture === this.#face?.texture && face?.mesh === this.#face?.mesh) return
    this.#face = face
    if (face && !this.#renderer) this.#load(face)
    this.#invalidate()
  }

  async #load(face: Face) {
    try {
      const renderer = await faceRenderer()
      await renderer.prepare(face)
      this.#renderer = renderer
      this.#invalidate()
    } catch {
      this.textContent = 'This browser cannot draw in 3D (WebGL is off or missing); the downloads still work.'
    }
  }

  /** Turns to a view and stays there. */
  look(orbit: Orbit) {
    this.#touch()
    this.#target = limited(orbit)
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.#orbit = this.#target
    this.#invalidate()
  }

  #touch() {
    this.#turning = false
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
    const interval = Math.min(0.25, this.#cost * 3)
    const seconds = Math.min(0.1, (now - this.#lastFrame) / 1000)
    if ((now - this.#lastFrame) / 1000 < interval) return this.#request()
    this.#lastFrame = now
    if (this.#turning) {
      this.#turnedFor += seconds
      this.#target = slowTurn(this.#turnedFor)
    }
    const moving = !isNear(this.#orbit, this.#target)
    if (moving) this.#orbit = approach(this.#orbit, this.#target, seconds)
    if (moving || this.#dirty) this.#draw()
    if (moving || this.#turning) this.#request()
  }

  #draw() {
    if (!this.#renderer || !this.#face || this.#canvas.width === 0) return
    this.#dirty = false
    const start = performance.now()
    this.#renderer.drawOrbit(this.#canvas, this.#face, this.#orbit)
    this.#cost += ((performance.now() - start) / 1000 - this.#cost) * 0.2
  }

  #fit() {
    const ratio = Math.min(2, devicePixelRatio)
    const { width, height } = this.getBoundingClientRect()
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    this.#invalidate()
  }

  #onPointerDown = (event: PointerEvent) => {
    this.#touch()
    this.setPointerCapture(event.pointerId)
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
    this.#pointers.delete(event.pointerId)
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
    this.#target = limited({ azimuth: a + azimuth, elevation: e + elevation, zoom })
    this.#request()
  }

  #zoomBy(factor: number) {
    this.#target = limited({ ...this.#target, zoom: this.#target.zoom * factor })
    this.#request()
  }
}

customElements.define('face-viewer', FaceViewer)
