import type { Camera } from '../../face/types.ts'
import type { Pixels } from '../pixels.ts'
import { texts } from '../texts/index.ts'
import type { Crop } from './clip.ts'
import { DividingLine } from './dividing-line.ts'
import { drawOverPhoto, type Face } from './drawing.ts'

export interface Comparison {
  /** Object URL of the photo. */
  photo: string
  texture: Pixels
  mesh: Face['mesh']
  camera: Camera
  crop: Crop
}

/** `<face-compare>`: the photo and, over it, the face as the photo shows it, and a line to drag between. */
export class FaceCompare extends HTMLElement {
  #face = document.createElement('canvas')
  #photo = document.createElement('canvas')
  #line = new DividingLine()
  #comparison: Comparison | null = null

  connectedCallback() {
    this.#photo.className = 'other'
    this.replaceChildren(this.#face, this.#photo, this.#line)
  }

  /** Set at each drawing of the page, whose language may change. */
  set comparison(comparison: Comparison) {
    this.#line.label = texts().viewer.slider
    const now = this.#comparison
    if (comparison.photo === now?.photo && comparison.texture === now.texture) return
    this.#comparison = comparison
    void this.#draw(comparison)
  }

  async #draw(comparison: Comparison) {
    const photo = await decoded(comparison.photo)
    const { crop, camera, mesh, texture } = comparison
    // More pixels than the crop has are only worth it as far as the texture may hold more.
    const side = Math.round(Math.min(1400, Math.max(crop.size * crop.step, 700)))
    const face = await drawOverPhoto({ mesh, texture }, side, camera, crop).catch(() => null)
    if (comparison !== this.#comparison) return
    paint(this.#photo, side, photo, crop)
    const context = paint(this.#face, side, photo, crop)
    if (face) context.drawImage(face, 0, 0)
  }
}

/** The photo's crop. */
function paint(
  canvas: HTMLCanvasElement,
  side: number,
  photo: HTMLImageElement,
  { left, top, size, step }: Crop,
) {
  canvas.width = canvas.height = side
  const context = canvas.getContext('2d')!
  context.imageSmoothingQuality = 'high'
  context.drawImage(photo, left, top, size * step, size * step, 0, 0, side, side)
  return context
}

async function decoded(url: string): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = url
  await image.decode()
  return image
}

customElements.define('face-compare', FaceCompare)
