import * as Comlink from 'comlink'
import { capture, findFaces } from '../capture/capture.ts'
import { type Capture, CaptureError, type FaceBox, type Photo } from '../capture/types.ts'
import type { DownloadProgress } from '../runtime/models.ts'
import { browserStore } from '../runtime/store.ts'
import { isGreyscale, openPhoto } from './photo/open.ts'
import { rasteriseStrokes, type Stroke } from './photo/strokes.ts'
import { buffersOf, withProgress } from './transfer.ts'

/** The capture as it travels to the page: all of it but the photo's pixels, which stay in this worker. */
export interface CaptureRequest {
  face: FaceBox
  strokes: readonly Stroke[]
  size: number
}

export interface OpenedPhoto {
  width: number
  height: number
  greyscale: boolean
}

export type Report = (news: { stage: string } | { download: DownloadProgress }) => void

const store = browserStore()
let photo: Photo | null = null

/** The one place where the page meets capture/. Decoding, detection and capture all happen off the page's thread. */
const captureWorker = {
  /** Decodes the file and keeps it. A file that can't be read leaves the photo before it in place. */
  async open(file: Blob, name: string): Promise<OpenedPhoto> {
    photo = await openPhoto(file, name)
    return { width: photo.width, height: photo.height, greyscale: isGreyscale(photo) }
  },

  /** The faces of the opened photo, largest first. */
  async findFaces(report: Report): Promise<FaceBox[]> {
    return findFaces(opened(), { store: withProgress(store, report) })
  },

  async capture({ face, strokes, size }: CaptureRequest, report: Report): Promise<Capture> {
    const whole = opened()
    const captured = await capture(whole, {
      store: withProgress(store, report),
      face,
      distrust: rasteriseStrokes(strokes, whole.width, whole.height) ?? undefined,
      size,
      onStage: (stage) => report({ stage }),
    })
    const { width, height } = whole
    const travelling = { ...captured, photo: { width, height, data: new Uint8ClampedArray(0) } }
    return Comlink.transfer(travelling, buffersOf(travelling))
  },
}

function opened(): Photo {
  if (!photo) throw new CaptureError('not-an-image', 'No photo is open: choose one first.')
  return photo
}

export type CaptureWorker = typeof captureWorker
Comlink.expose(captureWorker)
