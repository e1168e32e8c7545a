import { findFaces } from '../../client/capture/find/find-faces.ts'
import { networks } from '../../client/capture/find/tfjs.ts'
import { locateFace } from '../../client/capture/locate/locate-face.ts'
import { openPhoto } from '../../client/capture/open/open-photo.ts'
import { browserStore } from '../../client/runtime/store.ts'

/** Finds the largest face of a photo in a worker and posts what was measured. */
self.onmessage = async ({ data }: MessageEvent<{ photo: string }>) => {
  try {
    const store = browserStore()
    const photo = await openPhoto(await (await fetch(data.photo)).blob(), 'photo')
    const faces = await findFaces(photo, { store })
    const { landmarks, pose, person } = await locateFace(photo, faces[0], { store })
    const { backend } = await networks(store)
    const width = photo.width
    self.postMessage({ backend, faces, landmarks, pose, width, person })
  } catch (error) {
    self.postMessage({ error: String(error) })
  }
}
