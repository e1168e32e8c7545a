/** From a photo to everything the later stages need. */

import { Evidence } from '../face/evidence.ts'
import { featureMask } from '../face/features.ts'
import type { Camera, Capture, CaptureQuality, FaceBox, Mesh } from '../face/types.ts'
import { areFinite } from '../image/are-finite.ts'
import type { Photo } from '../image/photo.ts'
import { CaptureError } from './capture-error.ts'
import { type InitialMethod, initialTexture } from './complete/initial.ts'
import { chooseFace, type WhichFace } from './find/choose-face.ts'
import type { FindContext } from './find/find-faces.ts'
import { type LocatedFace, locateFace } from './locate/locate-face.ts'
import { poseCamera, project } from './mesh/camera.ts'
import { faceMesh } from './mesh/face-mesh.ts'
import { coverMask } from './unwrap/cover.ts'
import { requireEnoughShown } from './unwrap/enough-shown.ts'
import type { Doubts } from './unwrap/trust.ts'
import { unwrapPhoto } from './unwrap/unwrap.ts'
import { faceView } from './unwrap/view.ts'

export { findFaces } from './find/find-faces.ts'

/** What a capture is at. */
export type CaptureStage =
  | 'Looking for faces'
  | 'Measuring the face'
  | 'Laying the photo out on the face'
  | 'Filling in what the photo does not show'

export interface UnwrapSettings {
  /** Texels per side. */
  size: number
  /** height x width of the photo, not 0 where it must not be believed (glasses, hair, hands). */
  distrust?: Uint8Array
  /** Leave out what seems to cover the face. */
  uncover?: boolean
  /** How the hidden side is completed. Default: `hidden-side`. */
  initial?: InitialMethod
  /** Called as each stage begins. */
  onStage?: (stage: CaptureStage) => void
}

export interface CaptureOptions extends UnwrapSettings, FindContext {
  /** Which face: its rank in {@link findFaces}, or one of them. Default: 0, the largest. */
  face?: WhichFace
}

/**
 * Finds the face, fits the mesh, lays the photo out in UV and completes the texture.
 *
 * @example
 * const { content, quality } = await capture(photo, { store, size: 512 })
 * @throws CaptureError `no-face`, `part-of-face`, `too-small`, `little-shown`, `bad-mask`
 */
export async function capture(photo: Photo, options: CaptureOptions): Promise<Capture> {
  const { face: which = 0, onStage, store } = options
  const { face } = await chooseFace(photo, which, {
    store,
    onLooking: () => onStage?.('Looking for faces'),
  })
  onStage?.('Measuring the face')
  const located = await locateFace(photo, face, options)
  return captureLocated(photo, located, options)
}

/**
 * The part of {@link capture} without networks: all that changes with the size or the brush.
 * Under 1.5 s at 256 px on one core.
 *
 * @throws CaptureError `little-shown`, `bad-mask`
 */
export function captureLocated(photo: Photo, located: LocatedFace, settings: UnwrapSettings): Capture {
  const { canonical, shape, pose, interOcular, person, landmarks, face } = located
  const mesh = faceMesh(shape, canonical)
  const camera = poseCamera(pose)
  const features = featureMask(mesh.uv, settings.size)
  const { yaw, pitch, roll } = pose
  const measured = { faceLogit: located.faceLogit, interOcular, yaw, pitch, roll }
  const captureWithout = (distrust: Uint8Array | undefined) =>
    complete(photo, mesh, camera, settings, {
      ...{ features, measured, landmarks, face, pose },
      doubts: { person, distrust },
    })
  const { distrust, uncover } = settings
  const captured = captureWithout(distrust)
  const { cover } = captured
  if (!uncover || !cover) return captured
  const over = coverMask(cover, photo.width, photo.height)
  return { ...captureWithout(distrust?.map((value, i) => value | over[i]) ?? over), cover }
}

/** Head width of an adult over the distance of the outer eye corners. */
const headInEyes = 1.7

/**
 * {@link captureLocated} for a mesh and a camera that came from elsewhere. No hair is looked for and nothing is mirrored: the
 * layout is taken not to be symmetric.
 *
 * @param person height x width of the photo, 0..1: is this pixel the person's? Default: all are.
 * @throws CaptureError `bad-mesh` where the camera sees none of the mesh in the photo, `bad-mask`
 */
export function captureMesh(
  photo: Photo,
  mesh: Mesh,
  camera: Camera,
  { person, ...settings }: UnwrapSettings & { person?: Float32Array },
): Capture {
  const face = boundingBox(mesh, camera)
  const interOcular = face.width / headInEyes
  return complete(photo, mesh, camera, settings, {
    features: null,
    doubts: { person, distrust: settings.distrust },
    measured: { faceLogit: 0, interOcular, yaw: 0, pitch: 0, roll: 0 },
    landmarks: new Float32Array(0),
    face,
    pose: null,
  })
}

interface Known extends Pick<Capture, 'landmarks' | 'face' | 'pose'> {
  features: Uint8Array | null
  doubts: Doubts
  measured: Omit<CaptureQuality, 'own' | 'mirrored' | 'none'>
}

function complete(
  photo: Photo,
  mesh: Mesh,
  camera: Camera,
  { size, initial = 'hidden-side', onStage }: UnwrapSettings,
  { features, doubts, measured, landmarks, face, pose }: Known,
): Capture {
  requireNumbers(mesh.positions, camera.matrix)
  onStage?.('Laying the photo out on the face')
  const { interOcular } = measured
  const { unwrap, seen, cover } = unwrapPhoto(photo, mesh, camera, {
    size,
    interOcular,
    features,
    ...doubts,
  })
  const view = faceView(photo, mesh, seen, unwrap.weight)
  if (!pose && !unwrap.weight.some((weight) => weight > 0))
    throw new CaptureError(
      'bad-mesh',
      'The camera sees none of the mesh in this photo: check that mesh, camera and photo belong together.',
    )
  if (pose) requireEnoughShown(unwrap, { view, raster: seen.raster, photo, distrust: doubts.distrust })
  onStage?.('Filling in what the photo does not show')
  const { content, evidence } = initialTexture(unwrap, { method: initial })
  requireNumbers(content)
  const quality = { ...measured, ...shares(evidence, unwrap.coverage) }
  return {
    ...{ ...unwrap, cover, face },
    photo: { width: photo.width, height: photo.height },
    landmarks,
    mesh,
    camera,
    pose,
    view,
    evidence,
    content,
    quality,
  }
}

/** @throws CaptureError `bad-numbers` */
function requireNumbers(...measured: ArrayLike<number>[]): void {
  if (measured.every(areFinite)) return
  throw new CaptureError('bad-numbers', 'What was measured of this photo is no number: choose it again.')
}

/** Shares of the covered texels. */
function shares(evidence: Uint8Array, coverage: Uint8Array) {
  const counts = [0, 0, 0, 0]
  let covered = 0
  coverage.forEach((inside, i) => {
    if (!inside) return
    counts[evidence[i]]++
    covered++
  })
  const [none, own, mirrored] = [Evidence.none, Evidence.own, Evidence.mirrored].map(
    (kind) => counts[kind] / Math.max(1, covered),
  )
  return { own, mirrored, none }
}

function boundingBox(mesh: Mesh, camera: Camera): FaceBox {
  const screen = project(mesh.positions, camera)
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (let v = 0; v < screen.length; v += 4) {
    if (!(screen[v + 3] > 0)) continue
    box.left = Math.min(box.left, screen[v])
    box.right = Math.max(box.right, screen[v])
    box.top = Math.min(box.top, screen[v + 1])
    box.bottom = Math.max(box.bottom, screen[v + 1])
  }
  if (!(box.right > box.left && box.bottom > box.top))
    throw new CaptureError(
      'bad-mesh',
      'The whole mesh lies behind the camera: check that mesh, camera and photo belong together.',
    )
  return {
    x: box.left,
    y: box.top,
    width: box.right - box.left,
    height: box.bottom - box.top,
    score: 1,
    quarterTurns: 0,
  }
}
