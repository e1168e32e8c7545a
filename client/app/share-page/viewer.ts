import { offerExpressions } from './expressions.ts'
import { loadFace } from './load-face.ts'
import { textsOf, type ViewerTexts } from './texts-of.ts'

/**
 * Puts the 3D head or face in the place of its preview, which stays until the face is drawn.
 *
 * @param button the one that was pressed; names the GLB
 */
export async function openViewer(button: HTMLButtonElement): Promise<void> {
  const stage = button.closest<HTMLElement>('.stage')!
  const status = stage.querySelector<HTMLElement>('[role=status]')!
  const texts = textsOf<ViewerTexts>(stage)
  const words = button.textContent
  button.disabled = true
  button.textContent = texts.loading
  try {
    const preview = stage.querySelector('img')!
    const viewer = await loadFace(button.dataset.glb!, (element) => stage.insertBefore(element, preview))
    preview.remove()
    button.remove()
    status.textContent = ''
    // Where there is no WebGL the viewer has said so instead.
    if (!viewer.querySelector('canvas')) return
    offerExpressions(viewer)
    status.textContent = texts.howTo
    viewer.focus()
    const quiet = () => status.remove()
    for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) {
      viewer.addEventListener(kind, quiet, { once: true, passive: true })
    }
  } catch (error) {
    console.warn(error)
    button.disabled = false
    button.textContent = words
    status.textContent = texts.failed
  }
}
