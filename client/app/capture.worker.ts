import * as Comlink from 'comlink'
import { type CaptureStage, captureLocated } from '../capture/capture.ts'
import { CaptureError } from '../capture/capture-error.ts'
import { chooseFace } from '../capture/find/choose-face.ts'
import { networks } from '../capture/find/tfjs.ts'
import { type LocatedFace, locateFace } from '../capture/locate/locate-face.ts'
import { isGreyscale, openPhoto } from '../capture/open/open-photo.ts'
import type { Capture, FaceBox } from '../face/types.ts'
import type { Photo } from '../image/photo.ts'
import { browserStore } from '../runtime/store.ts'
import { type Arrival, arrivalOf } from './downloads.ts'
import { captureFiles, fetchFiles, lackingFiles, refineFiles } from './needed-files.ts'
import { type Flaws, flawsOf } from './photo/flaws.ts'
import { rasteriseStrokes, type Stroke } from './photo/strokes.ts'
import { turnedImage } from './photo/turned-image.ts'
import { type Pixels, toPixels } from './pixels.ts'
import type { Crop } from './viewer/clip.ts'
import { keepErrorCodes } from './worker-errors.ts'

/** What the page shows of a capture. The large arrays stay with the workers. */
export type SeenFace = Pick<Capture, 'landmarks' | 'mesh' | 'camera' | 'quality' | 'cover'> & {
  crop: Crop
  /** The texture before refining. */
  initial: Pixels
  /** What another picture would do better. */
  flaws: Flaws
}

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

/** `arrived`: of files that are being downloaded, or that are known to come. */
export type Report = (news: { stage: CaptureStage } | { arrived: Arrival[] }) => void

let listener: Report = () => {}
/** One store for the worker's life: the networks that it loaded stay with it. */
const store = browserStore({
  onBytes: (file, received) => listener({ arrived: [arrivalOf(file, received)] }),
})

let photo: Photo | null = null
/** Counts what was asked to be opened. */
let opening = 0
/** The face looked at last: another size or painting needs no network again. */
let located: LocatedFace | null = null

/** The one place where the page meets capture/. Decoding, detection and capture all happen off the page's thread. */
const captureWorker = {
  /** Downloads what finding and measuring a face takes, and first tells all that the way to a result will. */
  async fetchFiles(report: Report): Promise<void> {
    listener = report
    const now = await captureFiles()
    const all = [...now, ...(await refineFiles())]
    report({ arrived: (await lackingFiles(store, all)).map((file) => arrivalOf(file, 0)) })
    // The scripts that run the networks come at the same time.
    await Promise.all([fetchFiles(store, now), networks(store)])
  },

  /** Decodes the file and keeps it. A file that can't be read leaves the photo before it in place. */
  async open(file: Blob, name: string): Promise<OpenedPhoto> {
    const turn = ++opening
    const whole = await openPhoto(file, name)
    // A large one may be decoded after a small one that was chosen later.
    if (turn === opening) {
      photo = whole
      located = null
    }
    return { width: whole.width, height: whole.height, greyscale: isGreyscale(whole) }
  },

  /** A copy of an image file, turned clockwise. @param turns quarters @throws CaptureError */
  async turned(file: Blob, name: string, turns: number): Promise<Blob> {
    return turnedImage(await openPhoto(file, name), turns, file.type)
  },

  /**
   * The faces of the opened photo, largest first, at least one.
   * @throws CaptureError `no-face`, `part-of-face`
   */
  async findFaces(report: Report): Promise<FaceBox[]> {
    listener = report
    const { faces } = await chooseFace(opened(), 0, {
      store,
      onLooking: () => report({ stage: 'Looking for faces' }),
    })
    return faces
  },

  /** @param to gets the whole capture: the refine worker's end of a channel */
  async capture(
    { face, strokes, size }: CaptureRequest,
    report: Report,
    to?: MessagePort,
  ): Promise<SeenFace> {
    listener = report
    report({ stage: 'Measuring the face' })
    const whole = opened()
    const { width, height } = whole
    if (!located || !isSame(located.face, face)) located = await locateFace(whole, face, { store })
    const captured = captureLocated(whole, located, {
      distrust: rasteriseStrokes(strokes, width, height) ?? undefined,
      size,
      onStage: (stage) => report({ stage }),
    })
    const { landmarks, mesh, camera, quality, cover, content, view } = captured
    // Copied, not transferred: parts of it belong to `located` and to the mesh's layout, which go on being used.
    to?.postMessage(captured)
    const { left, top, size: side, step } = view
    const crop = { left, top, size: side, step }
    const flaws = flawsOf(whole, face)
    return { landmarks, mesh, camera, quality, cover, crop, initial: toPixels(content), flaws }
  },
}

function opened(): Photo {
  if (!photo) throw new CaptureError('not-an-image', 'No photo is open: choose one first.')
  return photo
}

const isSame = (a: FaceBox, b: FaceBox) => a.x === b.x && a.y === b.y && a.width === b.width

export type CaptureWorker = typeof captureWorker
keepErrorCodes()
Comlink.expose(captureWorker)
