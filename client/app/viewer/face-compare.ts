import type { Camera } from '../../face/types.ts'
import type { Pixels } from '../pixels.ts'
import { texts } from '../texts/index.ts'
import type { Crop } from './clip.ts'
import { drawOverPhoto, type Face } from './drawing.ts'

export interface Comparison {
  /** Object URL of the photo; null: it is not at hand, and the face stands alone. */
  photo: string | null
  /** Texture on the left of the slider; null shows the photo itself. */
  before: Pixels | null
  after: Pixels
  mesh: Face['mesh']
  camera: Camera
  crop: Crop
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
    this.#slider.addEventListener('input', () => this.#place())
    this.replaceChildren(this.#after, this.#before, this.#line, this.#slider)
    this.#place()
  }

  /** Set at each drawing of the page, whose language may change. */
  set comparison(comparison: Comparison | null) {
    this.#slider.ariaLabel = texts().viewer.slider
    const now = this.#comparison
    if (comparison?.before === now?.before && comparison?.after === now?.after) return
    this.#comparison = comparison
    if (comparison) this.#draw(comparison)
  }

  #place() {
    this.style.setProperty('--at', `${this.#slider.value}%`)
  }

  async #draw(comparison: Comparison) {
    const image = comparison.photo === null ? null : await decoded(comparison.photo)
    if (comparison !== this.#comparison) return
    const { crop } = comparison
    // More pixels than the crop has are only worth it as far as the texture may hold more.
    const side = Math.round(Math.min(1400, Math.max(crop.size * crop.step, 700)))
    await paint(this.#after, side, image, comparison, comparison.after)
    await paint(this.#before, side, image, comparison, comparison.before)
  }
}

/** The photo's crop, and over it, where there is a texture, the face with that texture. */
async function paint(
  canvas: HTMLCanvasElement,
  side: number,
  photo: HTMLImageElement | null,
  { mesh, camera, crop }: Comparison,
  texture: Pixels | null,
) {
  const face = texture && (await drawOverPhoto({ mesh, texture }, side, camera, crop).catch(() => null))
  canvas.width = canvas.height = side
  const context = canvas.getContext('2d')!
  const { left, top } = crop
  const width = crop.size * crop.step
  context.imageSmoothingQuality = 'high'
  if (photo) context.drawImage(photo, left, top, width, width, 0, 0, side, side)
  if (face) context.drawImage(face, 0, 0)
}

async function decoded(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

customElements.define('face-compare', FaceCompare)
