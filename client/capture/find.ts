/** The part of the capture that needs networks: which faces there are, and all that is measured of one. */
import type { ModelStore } from '../runtime/models.ts'
import { type CanonicalFace, canonicalFace } from './canonical.ts'
import {
  angleBetween,
  detectFaces,
  detectInParts,
  SAME_ROLL,
  type Sightings,
  sharedOfUnion,
  turned,
} from './detect.ts'
import { FLATTEST_PHOTO, flatness } from './drawing.ts'
import { frontAligned } from './front-aligned.ts'
import {
  averageLandmarks,
  extentOf,
  eyeAngle,
  eyeDistance,
  findLandmarks,
  type Landmarks,
  meanDistance,
  shareWithin,
} from './landmarks.ts'
import { poseOf, shapeOf } from './pose.ts'
import { segmentPerson } from './segment.ts'
import { symmetricShape } from './symmetric-shape.ts'
import { type Networks, networks } from './tfjs.ts'
import { CaptureError, type FaceBox, type Photo, type Pose } from './types.ts'

export interface FindContext {
  store: ModelStore
}

export interface LocatedFace {
  face: FaceBox
  /** 478 x 3, see Capture. */
  landmarks: Float32Array
  faceLogit: number
  /** Distance of the outer eye corners, photo pixels, in the head's own size (not shortened by yaw). */
  interOcular: number
  pose: Pose
  /** 468 x 3, centimetres, head frame. */
  shape: Float32Array
  /** photo.width * photo.height, 0..1 */
  person: Float32Array
  canonical: CanonicalFace
}

/** Narrower faces (photo pixels) hold too little to make a texture of. */
const NARROWEST = 64
/**
 * Degrees: what the network says of a face that is turned less to a side is good as it is. Of one that only looks up or down
 * the corrections would draw the temples outwards.
 */
const leastTurn = 8
/**
 * The landmark network's face flag, mean of four looks, by the share of the face that the photo's border leaves: faces have
 * 9..28 the right way up. What is none has up to 8, seldom 13, and so have faces upside down and parts of faces.
 */
const LEAST_FLAG = 8
/**
 * The flag falls as a head turns: 12 at 40 degrees, 7 at 50, 0 at 60. The detector stays as sure as this of those, and is less
 * sure of what is no face.
 */
const SURE_SCORE = 0.8
/** From here on there is no doubt that it is a face, and which way up. */
const PLAIN_FLAG = 14
/** Less of a face than this (share of its landmarks) in the photo is too little. */
const LEAST_SHOWN = 0.45
/** The detector's box of an upright face: a square of this share of the mesh's extent, give or take 12%. */
const USUAL_BOX = 0.9
/** A box that shares less than this of its union with the usual one was drawn of a lying face or of a part of one. */
const LIKE_USUAL = 0.55

/** What the landmark network says of a face. */
interface Reading extends Landmarks {
  face: FaceBox
  /** Share of the landmarks within the photo. */
  shown: number
  /** By the share that is shown. */
  flag: number
}

/**
 * All faces, whichever way up each is, largest first; a large photo without a plain face is searched in parts as well.
 * Left out are what the landmark network hardly takes for a face, faces of which most is not in the photo, and flat drawings.
 *
 * @returns an empty list where there is none
 * @throws CaptureError where something like a face was found, but only a flat drawing or a pattern (`no-face`) or a part of a
 * face (`part-of-face`)
 */
export async function findFaces(photo: Photo, { store }: FindContext): Promise<FaceBox[]> {
  const nets = await networks(store)
  const canonical = await canonicalFace(store)
  const readings: Reading[] = []
  for (const search of [detectFaces, detectInParts]) {
    if (readings.some(({ flag }) => flag > PLAIN_FLAG)) break
    for (const sightings of await search(photo, nets)) {
      const reading = await rightWayUp(photo, sightings, canonical, nets)
      readings.push({ ...reading, face: fitted(reading, sightings) })
    }
  }
  const faces: FaceBox[] = []
  let doubt: CaptureError | null = null
  for (const reading of distinct(readings)) {
    const reason = whyNoPhoto(photo, reading)
    if (reason) doubt ??= reason
    else faces.push(reading.face)
  }
  if (faces.length === 0 && doubt) throw doubt
  return faces.sort((a, b) => b.width * b.height - a.width * a.height)
}

/**
 * The reading with the highest flag. The most certain sighting nearly always leads to it; where a doubt is left, another one
 * may, or the best of them upside down.
 */
async function rightWayUp(
  photo: Photo,
  [surest, ...others]: Sightings,
  canonical: CanonicalFace,
  nets: Networks,
): Promise<Reading> {
  let best = await lookAt(photo, surest, canonical, nets)
  const tried = [surest.roll]
  for (const face of others) {
    if (best.flag > PLAIN_FLAG) return best
    if (tried.some((roll) => angleBetween(roll, face.roll) < SAME_ROLL)) continue
    tried.push(face.roll)
    best = clearer(best, await lookAt(photo, face, canonical, nets))
  }
  if (best.flag > PLAIN_FLAG || best.flag < 0) return best
  const upsideDown = { ...best.face, roll: degrees(eyeAngle(best.points)) + 180 }
  return clearer(best, await lookAt(photo, upsideDown, canonical, nets))
}

const clearer = (a: Reading, b: Reading) => (b.flag > a.flag ? b : a)

/** The face the right way up, in the box that was drawn of it most upright: those of lying faces are too small. */
function fitted({ face, points }: Reading, sightings: Sightings): FaceBox {
  const roll = degrees(eyeAngle(points))
  const [drawn = face] = sightings
    .filter((other) => angleBetween(other.roll, roll) < SAME_ROLL)
    .toSorted((a, b) => a.tilt - b.tilt)
  const extent = extentOf(points)
  const side = USUAL_BOX * extent.side
  const usual = { x: extent.x - side / 2, y: extent.y - side / 2, width: side, height: side }
  const { x, y, width, height } = sharedOfUnion(drawn, usual) < LIKE_USUAL ? usual : drawn
  return { x, y, width, height, score: face.score, ...turned(roll) }
}

const degrees = (radians: number) => (radians * 180) / Math.PI

/** Each face once, clearest first: a close one is found in boxes of several sizes, and its parts look like faces. */
function distinct(readings: Reading[]): Reading[] {
  const kept: Reading[] = []
  for (const reading of readings.toSorted((a, b) => b.flag - a.flag))
    if (!kept.some((other) => isSameFace(reading, other))) kept.push(reading)
  return kept
}

/** Of two faces that overlap this much, the less clear one must itself be plain, and in another place or of another size. */
function isSameFace(less: Reading, more: Reading): boolean {
  const [a, b] = [extentOf(less.points), extentOf(more.points)]
  const larger = Math.max(a.side, b.side)
  if (Math.hypot(a.x - b.x, a.y - b.y) > larger / 2) return false
  return less.flag < PLAIN_FLAG || meanDistance(less.points, more.points) < larger / 4
}

async function lookAt(
  photo: Photo,
  face: FaceBox,
  { mirror }: CanonicalFace,
  nets: Networks,
): Promise<Reading> {
  const { points } = await findLandmarks(photo, face, nets)
  const landmarks = await averageLandmarks(photo, points, mirror, nets)
  const shown = shareWithin(photo, landmarks.points)
  const flag = landmarks.logit / Math.max(shown, LEAST_SHOWN)
  return { ...landmarks, face, shown, flag }
}

/** null where it is the photo of a face. */
function whyNoPhoto(photo: Photo, { face, points, shown, flag }: Reading): CaptureError | null {
  if (flag < (face.score < SURE_SCORE ? LEAST_FLAG : 0))
    return new CaptureError(
      'no-face',
      'What was found is not the photo of a face, or shows too little of one: use one of a real face, seen from the front or half turned.',
      { reason: 'not-real' },
    )
  if (shown < LEAST_SHOWN)
    return new CaptureError(
      'part-of-face',
      `Only part of a face is in the picture (${Math.round(100 * shown)}% of it): use a photo that shows the whole face.`,
      { shown: Math.round(100 * shown) },
    )
  const flat = flatness(photo, points)
  if (flat > FLATTEST_PHOTO)
    return new CaptureError(
      'no-face',
      `What was found looks like a drawing (${Math.round(100 * flat)}% of the face are one flat colour): use a photo of a real face.`,
      { reason: 'drawing', share: flat },
    )
  return null
}

/**
 * Landmarks, pose, shape and person mask of one face.
 * @throws CaptureError `too-small`, `no-face`, `part-of-face`
 */
export async function locateFace(photo: Photo, face: FaceBox, { store }: FindContext): Promise<LocatedFace> {
  const width = Math.min(face.width, face.height)
  if (width < NARROWEST) {
    throw new CaptureError(
      'too-small',
      `The face found is ${Math.round(width)} px wide; use a photo where it is at least ${NARROWEST} px.`,
      { width: Math.round(width), least: NARROWEST },
    )
  }
  const nets: Networks = await networks(store)
  const canonical = await canonicalFace(store)
  const seen = await lookAt(photo, face, canonical, nets)
  const reason = whyNoPhoto(photo, seen)
  if (reason) throw reason
  const { points, logit: faceLogit } = seen
  const person = await segmentPerson(photo, face, points, nets)
  const measured = { face, faceLogit, interOcular: eyeDistance(points), person, canonical }
  const pose = poseOf(points, canonical)
  if (Math.abs(pose.yaw) < leastTurn)
    return { ...measured, landmarks: points, pose, shape: shapeOf(points, pose) }
  const landmarks = await frontAligned(photo, points, pose, person, canonical, nets)
  return { ...measured, landmarks, ...symmetricShape(landmarks, poseOf(landmarks, canonical), canonical) }
}
