import type { FaceBox } from '../../face/types.ts'
import { texts } from '../texts/index.ts'
import { faceButtons, nameButtons, placeButtons } from './face-buttons.ts'
import { drawLandmarks } from './landmarks.ts'
import type { OpenPhoto } from './open-photo.ts'
import { drawStrokes, type Stroke } from './strokes.ts'
import { between, fitInto, type Window, windowAround } from './window.ts'

export interface Board {
  photo: OpenPhoto
  faces: readonly FaceBox[]
  face: FaceBox | null
  landmarks: Float32Array | null
  strokes: readonly Stroke[]
  /** What could be painted over. */
  proposed: readonly Stroke[]
  /** Is the brush out, and its diameter as a share of the face's width. */
  brush: { out: boolean; width: number }
}

/**
 * `<photo-board>`: the photo with what was found in it, and the brush.
 *
 * The photo is shown whole, then nearer to the faces, and nearest while the brush is out. The brush also works by
 * keyboard: arrow keys move it, space paints.
 *
 * Events: `face` (detail: FaceBox) where another face is chosen, `stroke` (detail: Stroke) where one is finished.
 */
export class PhotoBoard extends HTMLElement {
  #image = document.createElement('img')
  #paint = document.createElement('canvas')
  #marks = document.createElement('canvas')
  #cursor = document.createElement('span')
  #buttons = document.createElement('div')
  #board: Board | null = null
  #stroke: Stroke | null = null
  #at: { x: number; y: number } | null = null
  #window: Window | null = null
  #frame = 0
  #resized = new ResizeObserver(() => this.#show())

  connectedCallback() {
    this.#paint.className = 'paint'
    this.#cursor.className = 'cursor'
    this.#image.draggable = false
    this.replaceChildren(this.#image, this.#paint, this.#marks, this.#buttons, this.#cursor)
    this.#resized.observe(this)
    this.addEventListener('pointerdown', this.#onDown)
    this.addEventListener('pointermove', this.#onMove)
    this.addEventListener('pointerup', this.#onUp)
    this.addEventListener('pointercancel', this.#onUp)
    this.addEventListener('pointerleave', () => this.#moveCursor(null))
    this.addEventListener('keydown', this.#onKey)
  }

  disconnectedCallback() {
    this.#resized.disconnect()
    cancelAnimationFrame(this.#frame)
  }

  set board(board: Board) {
    const before = this.#board
    this.#board = board
    if (before?.photo !== board.photo) this.#image.src = board.photo.url
    this.#image.alt = texts().found.boardPhoto(board.photo.name)
    if (before?.brush.out !== board.brush.out) this.#at = null
    this.classList.toggle('brushing', board.brush.out)
    if (board.brush.out) {
      this.tabIndex = 0
      this.setAttribute('aria-label', texts().found.boardBrush)
    } else {
      this.removeAttribute('tabindex')
      this.removeAttribute('aria-label')
    }
    if (before?.faces !== board.faces || before?.face !== board.face) {
      const choose = (detail: FaceBox) => this.dispatchEvent(new CustomEvent('face', { detail }))
      this.#buttons.replaceChildren(...faceButtons(board.faces, board.face, choose))
    }
    // At each drawing of the page, whose language may change.
    nameButtons(this.#buttons.children)
    const isNew = before?.photo !== board.photo
    const moved = isNew || before?.faces !== board.faces || before?.brush.out !== board.brush.out
    if (moved || (board.brush.out && before?.face !== board.face)) this.#move(isNew || prefersStill.matches)
    else this.#show()
  }

  /** The part of the photo that the board is to show: all of it, then the faces, closer the chosen one to paint it. */
  #aim(): Window {
    const { photo, face, faces, brush } = this.#board!
    return windowAround(photo, brush.out && face ? [face] : faces, brush.out ? 0.5 : 1)
  }

  /** Moves the window to where it is to be: at once for a new photo, else in a third of a second. */
  #move(atOnce: boolean) {
    cancelAnimationFrame(this.#frame)
    const from = this.#window
    const to = this.#aim()
    const start = performance.now()
    const frame = (now: number) => {
      const share = Math.min(1, Math.max(0, (now - start) / 350))
      const eased = share * share * (3 - 2 * share)
      this.#window = from && !atOnce ? between(from, to, eased) : to
      this.#show()
      if (share < 1 && from && !atOnce) this.#frame = requestAnimationFrame(frame)
    }
    frame(start)
  }

  #fit() {
    return fitInto({ width: this.clientWidth, height: this.clientHeight }, this.#window!)
  }

  #show() {
    const board = this.#board
    if (!board || !this.#window || this.clientWidth === 0) return
    const { photo, landmarks, strokes, proposed } = board
    const { scale, left, top } = this.#fit()
    const style = this.#image.style
    style.left = `${left}px`
    style.top = `${top}px`
    style.width = `${photo.width * scale}px`
    style.height = `${photo.height * scale}px`

    const colours = getComputedStyle(this)
    const painting = this.#clear(this.#paint)
    painting.strokeStyle = colours.getPropertyValue('--proposed').trim()
    drawStrokes(painting, proposed)
    painting.strokeStyle = colours.getPropertyValue('--paint').trim()
    drawStrokes(painting, this.#stroke ? [...strokes, this.#stroke] : strokes)
    const marking = this.#clear(this.#marks)
    if (landmarks) drawLandmarks(marking, landmarks, colours.getPropertyValue('--mark').trim(), 1 / scale)

    placeButtons(this.#buttons.children, board.faces, { scale, left, top })
    this.#moveCursor(this.#at)
  }

  /** An empty canvas whose units are photo pixels. */
  #clear(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const ratio = Math.min(2, devicePixelRatio)
    canvas.width = Math.round(this.clientWidth * ratio)
    canvas.height = Math.round(this.clientHeight * ratio)
    const { scale, left, top } = this.#fit()
    const context = canvas.getContext('2d')!
    context.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio)
    return context
  }

  get #radius() {
    const { face, brush, photo } = this.#board!
    return ((face?.width ?? photo.width / 3) * brush.width) / 2
  }

  #photoPoint(event: PointerEvent) {
    const { scale, left, top } = this.#fit()
    const bounds = this.getBoundingClientRect()
    return {
      x: (event.clientX - bounds.left - left) / scale,
      y: (event.clientY - bounds.top - top) / scale,
    }
  }

  #onDown = (event: PointerEvent) => {
    if (!this.#board?.brush.out || event.button !== 0) return
    this.setPointerCapture(event.pointerId)
    const { x, y } = this.#photoPoint(event)
    this.#stroke = { radius: this.#radius, points: [x, y] }
    this.#show()
  }

  #onMove = (event: PointerEvent) => {
    if (!this.#board?.brush.out) return
    this.#moveCursor(this.#photoPoint(event))
    if (!this.#stroke) return
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const { x, y } = this.#photoPoint(each)
      this.#stroke.points.push(x, y)
    }
    this.#show()
  }

  #onUp = () => {
    const stroke = this.#stroke
    this.#stroke = null
    if (stroke) this.dispatchEvent(new CustomEvent('stroke', { detail: stroke }))
  }

  #onKey = (event: KeyboardEvent) => {
    if (!this.#board?.brush.out || event.target !== this) return
    const { face, photo } = this.#board
    const step = this.#radius * (event.shiftKey ? 2 : 0.5)
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    }
    const at = this.#at ?? {
      x: face ? face.x + face.width / 2 : photo.width / 2,
      y: face ? face.y + face.height / 2 : photo.height / 2,
    }
    if (event.key === ' ') {
      const stroke: Stroke = { radius: this.#radius, points: [at.x, at.y] }
      this.dispatchEvent(new CustomEvent('stroke', { detail: stroke }))
    } else if (moves[event.key]) {
      const [dx, dy] = moves[event.key]
      at.x = Math.max(0, Math.min(photo.width, at.x + dx))
      at.y = Math.max(0, Math.min(photo.height, at.y + dy))
    } else return
    event.preventDefault()
    this.#moveCursor(at)
  }

  #moveCursor(at: { x: number; y: number } | null) {
    this.#at = at
    this.#cursor.hidden = !at || !this.#board?.brush.out
    if (!at || !this.#board) return
    const { scale, left, top } = this.#fit()
    const side = this.#radius * 2 * scale
    Object.assign(this.#cursor.style, {
      width: `${side}px`,
      height: `${side}px`,
      left: `${at.x * scale + left - side / 2}px`,
      top: `${at.y * scale + top - side / 2}px`,
    })
  }
}

const prefersStill = matchMedia('(prefers-reduced-motion: reduce)')

customElements.define('photo-board', PhotoBoard)
