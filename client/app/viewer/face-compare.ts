import type { Camera, FaceView } from '../../capture/types.ts'
import type { Pixels } from '../pixels.ts'
import type { Face, FaceRenderer } from './renderer.ts'
import { faceRenderer } from './shared.ts'

export interface Comparison {
  /** Object URL of the photo. */
  photo: string
  /** Texture on the left of the slider; null shows the photo itself. */
  before: Pixels | null
  after: Pixels
  mesh: Face['mesh']
  camera: Camera
  view: FaceView
}

/** `<face-compare>`: two pictures of the face as the photo shows it, one over the other, and a line to drag between. */
export class FaceCompare extends HTMLElement {
  #after = document.createElement('canvas')
  #before = document.createElement('canvas')
  #line = document.createElement('span')
  #slider = document.createElement('input')
  #comparison: Comparison | null = null

  connectedCallback() {
    this.#before.className = 'before'
    this.#line.className = 'line'
    Object.assign(this.#slider, { type: 'range', min: '0', max: '100', step: '0.5', value: '50' })
    this.#slider.setAttribute('aria-label', 'How much of the left picture is shown, in percent')
    this.#slider.addEventListener('input', () => this.#place())
    this.replaceChildren(this.#after, this.#before, this.#line, this.#slider)
    this.#place()
  }

  set comparison(comparison: Comparison | null) {
    const now = this.#comparison
    if (comparison?.before === now?.before && comparison?.after === now?.after) return
    this.#comparison = comparison
    if (comparison) this.#draw(comparison)
  }

  #place() {
    this.style.setProperty('--at', `${this.#slider.value}%`)
  }

  async #draw(comparison: Comparison) {
    const image = new Image()
    image.src = comparison.photo
    const [renderer] = await Promise.all([faceRenderer(), image.decode()])
    if (comparison !== this.#comparison) return
    // Twice the crop at most: beyond that the photo has nothing more to show.
    const { view } = comparison
    const side = Math.round(Math.min(1400, Math.max(view.size, view.size * view.step, 700)))
    paint(this.#after, side, image, renderer, comparison, comparison.after)
    paint(this.#before, side, image, renderer, comparison, comparison.before)
  }
}

/** The photo's crop, and over it, where there is a texture, the face with that texture. */
function paint(
  canvas: HTMLCanvasElement,
  side: number,
  photo: HTMLImageElement,
  renderer: FaceRenderer,
  { mesh, camera, view }: Comparison,
  texture: Pixels | null,
) {
  canvas.width = canvas.height = side
  const context = canvas.getContext('2d')!
  const crop = view.size * view.step
  context.imageSmoothingQuality = 'high'
  context.drawImage(photo, view.left, view.top, crop, crop, 0, 0, side, side)
  if (!texture) return
  const face = document.createElement('canvas')
  face.width = face.height = side
  renderer.drawOverPhoto(face, { mesh, texture }, camera, view)
  context.drawImage(face, 0, 0)
}

customElements.define('face-compare', FaceCompare)
