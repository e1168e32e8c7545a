import { type CaptureStage, captureLocated } from '../capture/capture.ts'
import { CaptureError } from '../capture/capture-error.ts'
import { chooseFace } from '../capture/find/choose-face.ts'
import { networks } from '../capture/find/tfjs.ts'
import { warmUp } from '../capture/find/warm-up.ts'
import { type LocatedFace, locateFace } from '../capture/locate/locate-face.ts'
import { isGreyscale, openPhoto } from '../capture/open/open-photo.ts'
import type { Capture, FaceBox, Mesh } from '../face/types.ts'
import { headEvidence } from '../head/head-evidence.ts'
import type { HeadPhoto } from '../head/head-photo.ts'
import { headKit } from '../head/kit.ts'
import type { Photo } from '../image/photo.ts'
import { headOfRun, runHead, type WholeHead } from '../run/run-head.ts'
import { browserStore } from '../runtime/store.ts'
import { arrivalOf } from './downloads.ts'
import type {
  CaptureReport,
  CaptureRequest,
  CaptureWorker,
  LookRequest,
  Measured,
  SeenLook,
} from './messages.ts'
import { captureFiles, fetchFiles, lackingFiles } from './needed-files.ts'
import { flawsOf } from './photo/flaws.ts'
import { rasteriseStrokes } from './photo/strokes.ts'
import { turnedImage } from './photo/turned-image.ts'
import { fromPixels, toPixels } from './pixels.ts'
import { serveWorker } from './serve-worker.ts'

let listener: CaptureReport = () => {}
/** One store for the worker's life: the networks that it loaded stay with it. */
const store = browserStore({
  onBytes: (file, received) => listener({ arrived: [arrivalOf(file, received)] }),
})

let photo: Photo | null = null
/** Wall-clock seconds that the photo and its face took so far. */
const seconds = { decode: 0, find: 0, locate: 0, complete: 0 }
/** Counts what was asked to be opened. */
let opening = 0
/** The face looked at last: another size or painting needs no network again. */
let located: LocatedFace | null = null
/** What was measured last: it is shown, refined, and its head is made of it. */
let measured: (Seen & { request: CaptureRequest }) | null = null

/** The one place where the page meets capture/. Decoding, detection and capture all happen off the page's thread. */
const captureWorker: CaptureWorker = {
  async warmUp() {
    if ((await lackingFiles(store, await captureFiles())).length > 0) return
    await Promise.all([warmUp(store), headKit(store)])
  },

  async fetchFiles(report) {
    listener = report
    const needed = await captureFiles()
    report({ arrived: (await lackingFiles(store, needed)).map((file) => arrivalOf(file, 0)) })
    // The scripts that run the networks come at the same time.
    await Promise.all([fetchFiles(store, needed), networks(store)])
  },

  answer() {},

  async open(file, name) {
    const turn = ++opening
    const start = performance.now()
    const whole = await openPhoto(file, name)
    // A large one may be decoded after a small one that was chosen later.
    if (turn === opening) {
      photo = whole
      located = null
      measured = null
      Object.assign(seconds, { decode: secondsSince(start), find: 0, locate: 0, complete: 0 })
    }
    return { width: whole.width, height: whole.height, greyscale: isGreyscale(whole) }
  },

  async turned(file, name, turns) {
    return turnedImage(await openPhoto(file, name), turns, file.type)
  },

  async findFaces(report) {
    listener = report
    const start = performance.now()
    const { faces } = await chooseFace(opened(), 0, {
      store,
      onLooking: () => report({ stage: 'Looking for faces' }),
    })
    seconds.find = secondsSince(start)
    return faces
  },

  async capture(request, report, to) {
    listener = report
    const { capture: captured } = await measure(request, report)
    const { landmarks, mesh, camera, quality, cover, content, view, evidence } = captured
    // Copied, not transferred: parts of it belong to `located` and to the mesh's layout, which go on being used.
    const { decode, find, locate, complete } = seconds
    const taken = { decode, capture: find + locate + complete }
    to?.postMessage({ capture: captured, seconds: taken } satisfies Measured)
    const { left, top, size: side, step } = view
    const crop = { left, top, size: side, step }
    const flaws = flawsOf(opened(), request.face)
    return { landmarks, mesh, camera, quality, cover, crop, initial: toPixels(content), flaws, evidence }
  },

  async head({ record: ofRun, hair, bust, expression, ...request }, report) {
    const { face, photo } = await refinedFace(request, report)
    // What the photo shows too little for, its owner decides.
    const made = await runHead(
      { ...face, record: ofRun },
      photo,
      { cover: 'head', hair, bust, expression },
      store,
    )
    const { doubts, png, movement, made: hairMade } = made.head!
    const asked = { choice: hair, bust, expression }
    const evidence = headEvidence(face.capture.evidence, made.head!, made.head!.size)
    const record = JSON.stringify(made.record, null, 2)
    return { ...seenLook(made.head!), ...asked, movement, made: hairMade, doubts, png, record, evidence }
  },

  async look({ hair, bust, expression, ...request }, report) {
    const { face, photo } = await refinedFace(request, report)
    return seenLook(await headOfRun(face, photo, { hair, bust, expression }, store))
  },
}

/** A face of the opened photo with the texture that a run made. */
async function refinedFace({ of, texture }: Pick<LookRequest, 'of' | 'texture'>, report: CaptureReport) {
  listener = report
  const { capture, photo } = await measure(of, report)
  return { face: { capture, refined: { texture: fromPixels(texture), size: of.size } }, photo }
}

function seenLook({ mesh, texture, size, hair }: Omit<WholeHead, 'png'>): SeenLook {
  return {
    hair: hair && { ...hair, mesh: meshAlone(hair.mesh) },
    mesh: meshAlone(mesh),
    texture: toPixels(texture, size),
  }
}

/** A face as it was measured, and what of the photo its head is made of. */
interface Seen {
  capture: Capture
  photo: HeadPhoto
}

/** What was measured last is not measured again. */
async function measure(request: CaptureRequest, report: CaptureReport): Promise<Seen> {
  const whole = opened()
  if (measured?.photo.photo === whole && isSameRequest(measured.request, request)) return measured
  report({ stage: 'Measuring the face' })
  const { face, strokes, size } = request
  const { width, height } = whole
  if (!located || !isSame(located.face, face)) {
    const start = performance.now()
    located = await locateFace(whole, face, { store })
    seconds.locate = secondsSince(start)
  }
  const start = performance.now()
  const distrust = rasteriseStrokes(strokes, width, height) ?? undefined
  const onStage = (stage: CaptureStage) => report({ stage })
  const capture = captureLocated(whole, located, { distrust, size, onStage })
  seconds.complete = secondsSince(start)
  measured = { request, capture, photo: { photo: whole, person: located.person, distrust } }
  return measured
}

/** Without what only its making took. */
const meshAlone = ({ positions, normals, uv, triangles }: Mesh): Mesh => ({
  positions,
  normals,
  uv,
  triangles,
})

const secondsSince = (start: number) => (performance.now() - start) / 1000

function opened(): Photo {
  if (!photo) throw new CaptureError('not-an-image', 'No photo is open: choose one first.')
  return photo
}

/** Strokes are made once, and travel as copies. */
const isSameRequest = (a: CaptureRequest, b: CaptureRequest) => JSON.stringify(a) === JSON.stringify(b)

const isSame = (a: FaceBox, b: FaceBox) => a.x === b.x && a.y === b.y && a.width === b.width

serveWorker(captureWorker)
