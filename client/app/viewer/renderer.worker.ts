import * as Comlink from 'comlink'
import type { Camera, Mesh } from '../../face/types.ts'
import type { Pixels } from '../pixels.ts'
import type { Crop } from './clip.ts'
import type { View } from './orbit.ts'
import { FaceRenderer } from './renderer.ts'

let renderer: FaceRenderer | null = null

/** @throws where there is no WebGL */
function ready(): FaceRenderer {
  renderer ??= new FaceRenderer()
  return renderer
}

const sent = (bitmap: ImageBitmap) => Comlink.transfer(bitmap, [bitmap])

/** {@link FaceRenderer} for the page: pictures travel as ImageBitmaps, without a copy. */
const rendererWorker = {
  setMesh: (mesh: Mesh) => ready().setMesh(mesh),
  addTexture: (key: number, pixels: Pixels) => ready().addTexture(key, pixels),
  removeTexture: (key: number) => ready().removeTexture(key),
  fromOrbit: (key: number, width: number, height: number, view: View) =>
    sent(ready().fromOrbit(key, width, height, view)),
  overPhoto: (key: number, side: number, camera: Camera, crop: Crop) =>
    sent(ready().overPhoto(key, side, camera, crop)),
}

export type RendererWorker = typeof rendererWorker
Comlink.expose(rendererWorker)
