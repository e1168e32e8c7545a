import type { Orbit } from './orbit.ts'
import type { Face } from './renderer.ts'
import { faceRenderer } from './shared.ts'

/** `<face-thumbnail>`: the face from one side, still. */
export class FaceThumbnail extends HTMLElement {
  #canvas = document.createElement('canvas')
  #face: Face | null = null
  orbit: Orbit = { azimuth: 0, elevation: 0, zoom: 1 }

  connectedCallback() {
    this.replaceChildren(this.#canvas)
  }

  set face(face: Face | null) {
    if (face?.texture === this.#face?.texture) return
    this.#face = face
    if (face) this.#draw(face)
  }

  async #draw(face: Face) {
    const renderer = await faceRenderer().catch(() => null)
    if (!renderer || face !== this.#face) return
    const ratio = Math.min(2, devicePixelRatio)
    const { width, height } = this.getBoundingClientRect()
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    renderer.drawOrbit(this.#canvas, face, this.orbit)
  }
}

customElements.define('face-thumbnail', FaceThumbnail)
