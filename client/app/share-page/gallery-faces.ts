import type { FaceViewer } from '../viewer/face-viewer.ts'
import { textsOf, type ViewerTexts } from './texts-of.ts'

/** A pointer rests on a thumbnail this long before its 3D face is loaded, milliseconds. */
const dwell = 350
/** How far the face looks after the pointer, radians from one edge of the thumbnail to the other. */
const follow = { azimuth: 2, elevation: 0.7 }

/** The 3D face that stands in the place of a thumbnail. */
interface Shown {
  entry: HTMLElement
  button: HTMLButtonElement
  ended: AbortController
  viewer?: FaceViewer
}

/**
 * Lets thumbnails become 3D faces, one at a time: by resting on them with a mouse, which the face then looks after, or by
 * their button, for fingers and keys. What that takes is loaded when it first happens.
 */
export function offerFaces(entries: HTMLElement): void {
  const status = document.getElementById('gallery-status')!
  const texts = textsOf<ViewerTexts>(entries)
  let shown: Shown | undefined

  /** What goes well shows by itself, and is said to screen readers alone. */
  const say = (words: string, visibly = false) => {
    status.classList.toggle('unseen', !visibly)
    status.textContent = words
  }

  const hide = () => {
    if (!shown) return
    shown.ended.abort()
    shown.viewer?.remove()
    shown.entry.classList.remove('loading', 'turning')
    shown.button.setAttribute('aria-pressed', 'false')
    shown = undefined
  }

  /** @param pressed by its button: then it can be turned, and failing is said */
  const show = async (entry: HTMLElement, pressed: boolean) => {
    hide()
    const button = buttonOf(entry)
    const mine: Shown = { entry, button, ended: new AbortController() }
    shown = mine
    entry.classList.add('loading')
    say(pressed ? texts.loading : '')
    if (pressed) button.setAttribute('aria-pressed', 'true')
    try {
      const { loadFace } = await import('./load-face.ts')
      const place = (viewer: FaceViewer) => {
        mine.viewer = viewer
        viewer.inert = !pressed
        entry.insertBefore(viewer, button)
      }
      const viewer = await loadFace(button.dataset.glb!, place, mine.ended.signal)
      if (shown !== mine) return
      entry.classList.replace('loading', 'turning')
      say(pressed ? texts.howTo : '')
      // Without WebGL it says so where somebody asked for it, and is no thumbnail's worth elsewhere.
      if (!pressed && !viewer.querySelector('canvas')) hide()
    } catch (error) {
      if (shown !== mine) return
      console.warn(error)
      hide()
      if (pressed) say(texts.failed, true)
    }
  }

  for (const entry of entries.children as HTMLCollectionOf<HTMLElement>) {
    const button = buttonOf(entry)
    button.hidden = false
    button.addEventListener('click', () => {
      if (shown?.entry === entry && button.getAttribute('aria-pressed') === 'true') hide()
      else show(entry, true)
    })
    entry.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape' || shown?.entry !== entry) return
      hide()
      button.focus()
    })
    if (!savesData()) onRest(entry, () => shown?.entry !== entry && show(entry, false))
    entry.addEventListener('pointerleave', ({ pointerType }) => {
      if (pointerType === 'mouse' && shown?.viewer?.inert !== false) hide()
    })
    entry.addEventListener('pointermove', ({ clientX, clientY, pointerType }) => {
      const viewer = shown?.entry === entry ? shown.viewer : undefined
      if (!viewer?.inert || pointerType !== 'mouse') return
      const { left, top, width, height } = viewer.getBoundingClientRect()
      const [across, down] = [(clientX - left) / width - 0.5, (clientY - top) / height - 0.5]
      viewer.look({ azimuth: across * follow.azimuth, elevation: -down * follow.elevation, zoom: 1 })
    })
  }
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
