import type { FaceViewer } from '../viewer/face-viewer.ts'
import { textsOf, type ViewerTexts } from './texts-of.ts'

/** A pointer rests on a thumbnail this long before its head or face is loaded, milliseconds. */
const dwell = 350
/** How far the face looks after the pointer, radians from one edge of the thumbnail to the other. */
const follow = { azimuth: 2, elevation: 0.7 }

/** The 3D head or face that stands in the place of a thumbnail. */
interface Shown {
  entry: HTMLElement
  button: HTMLButtonElement
  ended: AbortController
  viewer?: FaceViewer
}

/**
 * Lets thumbnails become 3D heads and faces, one at a time: by resting on them with a mouse, which the face then looks after, or by
 * their button, for fingers and keys. What that takes is loaded when it first happens.
 */
export function offerFaces(entries: HTMLElement): void {
  const faces = new OneFace(textsOf<ViewerTexts>(entries))
  for (const entry of entries.children as HTMLCollectionOf<HTMLElement>) {
    const button = buttonOf(entry)
    button.hidden = false
    button.addEventListener('click', () => {
      if (faces.at(entry) && button.getAttribute('aria-pressed') === 'true') faces.hide()
      else faces.show(entry, true)
    })
    entry.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || !faces.at(entry)) return
      faces.hide()
      button.focus()
    })
    if (!savesData()) onRest(entry, () => !faces.at(entry) && faces.show(entry, false))
    entry.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse') faces.hideUnpressed()
    })
    entry.addEventListener('pointermove', (event) => {
      const viewer = faces.at(entry)?.viewer
      if (viewer?.inert && event.pointerType === 'mouse') lookAfter(viewer, event)
    })
  }
}

/** Shows one thumbnail's face, and hides the one before. */
class OneFace {
  readonly #texts: ViewerTexts
  readonly #status = document.getElementById('gallery-status')!
  #shown: Shown | undefined

  constructor(texts: ViewerTexts) {
    this.#texts = texts
  }

  /** What is shown there. */
  at(entry: HTMLElement): Shown | undefined {
    return this.#shown?.entry === entry ? this.#shown : undefined
  }

  /** @param pressed by its button: then it can be turned, and failing is said */
  async show(entry: HTMLElement, pressed: boolean) {
    this.hide()
    const button = buttonOf(entry)
    const mine: Shown = { entry, button, ended: new AbortController() }
    this.#shown = mine
    entry.classList.add('loading')
    this.#say(pressed ? this.#texts.loading : '')
    if (pressed) button.setAttribute('aria-pressed', 'true')
    try {
      const { loadFace } = await import('./load-face.ts')
      const place = (viewer: FaceViewer) => {
        mine.viewer = viewer
        viewer.inert = !pressed
        entry.insertBefore(viewer, button)
      }
      const viewer = await loadFace(button.dataset.glb!, place, mine.ended.signal)
      if (this.#shown !== mine) return
      entry.classList.replace('loading', 'turning')
      this.#say(pressed ? this.#texts.howTo : '')
      // Without WebGL it says so where somebody asked for it, and is no thumbnail's worth elsewhere.
      if (!pressed && !viewer.querySelector('canvas')) this.hide()
    } catch (error) {
      if (this.#shown !== mine) return
      console.warn(error)
      this.hide()
      if (pressed) this.#say(this.#texts.failed, true)
    }
  }

  hide() {
    if (!this.#shown) return
    const { ended, viewer, entry, button } = this.#shown
    ended.abort()
    viewer?.remove()
    entry.classList.remove('loading', 'turning')
    button.setAttribute('aria-pressed', 'false')
    this.#shown = undefined
  }

  /** The mouse has left: one that was asked for by its button stays. */
  hideUnpressed() {
    if (this.#shown?.viewer?.inert !== false) this.hide()
  }

  /** What goes well shows by itself, and is said to screen readers alone. */
  #say(words: string, visibly = false) {
    this.#status.classList.toggle('unseen', !visibly)
    this.#status.textContent = words
  }
}

/** Turns a face towards the pointer. */
function lookAfter(viewer: FaceViewer, { clientX, clientY }: PointerEvent): void {
  const { left, top, width, height } = viewer.getBoundingClientRect()
  const [across, down] = [(clientX - left) / width - 0.5, (clientY - top) / height - 0.5]
  viewer.look({ azimuth: across * follow.azimuth, elevation: -down * follow.elevation, zoom: 1 })
}

const buttonOf = (entry: HTMLElement) => entry.querySelector<HTMLButtonElement>('.in-3d')!

/** Where a mouse rests on an element. Fingers pass over things too, and mean nothing by it. */
function onRest(element: HTMLElement, act: () => void): void {
  let timer = 0
  element.addEventListener('pointerenter', ({ pointerType }) => {
    if (pointerType === 'mouse') timer = window.setTimeout(act, dwell)
  })
  element.addEventListener('pointerleave', () => clearTimeout(timer))
}

/** Does the visitor ask pages to load little? */
function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } }
  return connection?.saveData === true || matchMedia('(prefers-reduced-data: reduce)').matches
}
