import { steadyFetch } from '../../runtime/steady-fetch.ts'
import { useLanguage } from '../texts/index.ts'
import { FaceViewer } from '../viewer/face-viewer.ts'
import { readFace } from './read-face.ts'

/**
 * Loads the face of a GLB and shows it in a viewer.
 *
 * @param address of the GLB
 * @param place puts the viewer into the page
 * @returns when the viewer shows the face, or has said that it cannot
 * @throws Error where the file does not arrive or is something else, and where `signal` ends it
 */
export async function loadFace(
  address: string,
  place: (viewer: FaceViewer) => void,
  signal?: AbortSignal,
): Promise<FaceViewer> {
  const [response] = await Promise.all([
    steadyFetch(address, { signal }),
    useLanguage(document.documentElement.lang),
  ])
  if (!response.ok) throw new Error(`The service answered ${response.status}.`)
  const face = await readFace(await response.arrayBuffer())
  signal?.throwIfAborted()
  const viewer = new FaceViewer()
  place(viewer)
  const drawn = new Promise((resolve) => viewer.addEventListener('drawn', resolve, { once: true }))
  viewer.face = face
  await drawn
  return viewer
}
