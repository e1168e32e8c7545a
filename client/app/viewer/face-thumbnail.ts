import { drawFromOrbit, type Face, isSameFace } from './drawing.ts'
import { front, type Orbit } from './orbit.ts'

/** `<face-thumbnail>`: the face from one side, still. */
export class FaceThumbnail extends HTMLElement {
  #canvas = document.createElement('canvas')
  #face: Face | null = null
  #frame = 0
  #resized = new ResizeObserver(() => this.#request())
  orbit: Orbit = front

  connectedCallback() {
    this.replaceChildren(this.#canvas)
    this.#resized.observe(this)
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#resized.disconnect()
  }

  set face(face: Face | null) {
    if (isSameFace(face, this.#face)) return
    this.#face = face
    this.#request()
  }

  /** With the next frame, so that a viewer that stands before it in the page is drawn first. */
  #request() {
    this.#frame ||= requestAnimationFrame(() => this.#draw())
  }

  async #draw() {
    this.#frame = 0
    const face = this.#face
    const ratio = Math.min(2, devicePixelRatio)
    const width = Math.round(this.clientWidth * ratio)
    const height = Math.round(this.clientHeight * ratio)
    if (!face || width === 0 || height === 0) return
    // Without WebGL there are no small views either; the large one says so.
    const bitmap = await drawFromOrbit(face, width, height, this.orbit).catch(() => null)
    if (!bitmap || face !== this.#face) return
    this.#canvas.width = width
    this.#canvas.height = height
    this.#canvas.getContext('bitmaprenderer')!.transferFromImageBitmap(bitmap)
  }
}

customElements.define('face-thumbnail', FaceThumbnail)
