import { FaceViewer } from '../viewer/face-viewer.ts'
import { readFace } from './read-face.ts'

/**
 * Puts the 3D face in the place of its preview, which stays until the face is drawn.
 *
 * @param button the one that was pressed; names the GLB
 */
export async function openViewer(button: HTMLButtonElement): Promise<void> {
  const stage = button.closest<HTMLElement>('.stage')!
  const status = stage.querySelector<HTMLElement>('[role=status]')!
  const words = button.textContent
  button.disabled = true
  button.textContent = 'Loading the 3D face …'
  const viewer = new FaceViewer()
  const preview = stage.querySelector('img')!
  stage.insertBefore(viewer, preview)
  try {
    const response = await fetch(button.dataset.glb!)
    if (!response.ok) throw new Error(`The service answered ${response.status}.`)
    const drawn = new Promise((resolve) => viewer.addEventListener('drawn', resolve, { once: true }))
    viewer.face = await readFace(await response.arrayBuffer())
    await drawn
    preview.remove()
    button.remove()
    // Where there is no WebGL the viewer has said so instead.
    if (!viewer.querySelector('canvas')) return
    status.textContent = 'Drag or use the arrow keys to turn it.'
    viewer.focus()
    const quiet = () => status.remove()
    for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) {
      viewer.addEventListener(kind, quiet, { once: true, passive: true })
    }
  } catch (error) {
    console.warn(error)
    viewer.remove()
    button.disabled = false
    button.textContent = words
    status.textContent = 'The 3D face could not be loaded. Check the connection and try again.'
  }
}
