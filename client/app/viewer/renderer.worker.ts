import * as Comlink from 'comlink'
import type { RendererWorker } from '../messages.ts'
import { serveWorker } from '../serve-worker.ts'
import { FaceRenderer } from './renderer.ts'

let renderer: FaceRenderer | null = null

/** @throws where there is no WebGL */
function ready(): FaceRenderer {
  renderer ??= new FaceRenderer()
  return renderer
}

const sent = (bitmap: ImageBitmap) => Comlink.transfer(bitmap, [bitmap])

/** {@link FaceRenderer} for the page. */
const rendererWorker: RendererWorker = {
  setMesh: (mesh, whole) => ready().setMesh(mesh, whole),
  setHair: (hair) => ready().setHair(hair),
  setMovement: (movement) => ready().setMovement(movement),
  addTexture: (key, pixels, evidence) => ready().addTexture(key, pixels, evidence),
  removeTexture: (key) => ready().removeTexture(key),
  setComing: (evidence) => ready().setComing(evidence),
  fromOrbit: (key, width, height, view, fading) => sent(ready().fromOrbit(key, width, height, view, fading)),
  overPhoto: (key, side, camera, crop) => sent(ready().overPhoto(key, side, camera, crop)),
}

serveWorker(rendererWorker)
