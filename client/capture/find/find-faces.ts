/** Which faces a photo shows. */

import type { FaceBox } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import type { ModelStore } from '../../runtime/models.ts'
import type { CaptureError } from '../capture-error.ts'
import { type CanonicalFace, canonicalFace } from '../mesh/canonical.ts'
import {
  angleBetween,
  detectFaces,
  detectInParts,
  type Sightings,
  sameRoll,
  sharedOfUnion,
  turned,
} from './detect.ts'
import { extentOf, eyeAngle, meanDistance } from './landmarks.ts'
import { lookAt, type Reading, whyNoPhoto } from './reading.ts'
import { type Networks, networks } from './tfjs.ts'

export interface FindContext {
  store: ModelStore
}

/** From this flag on there is no doubt that it is a face, and which way up. */
const plainFlag = 14
/** The detector's box of an upright face: a square of this share of the mesh's extent, give or take 12%. */
const usualBox = 0.9
/** A box that shares less than this of its union with the usual one is that of a lying face or of a part of one. */
const likeUsual = 0.55

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
    if (readings.some(({ flag }) => flag > plainFlag)) break
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
 * The reading with the highest flag. The most certain sighting nearly always gives it. Where a doubt is left, the others
 * are tried, and the best of them upside down.
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
    if (best.flag > plainFlag) return best
    if (tried.some((roll) => angleBetween(roll, face.roll) < sameRoll)) continue
    tried.push(face.roll)
    best = clearer(best, await lookAt(photo, face, canonical, nets))
  }
  if (best.flag > plainFlag || best.flag < 0) return best
  const upsideDown = { ...best.face, roll: degrees(eyeAngle(best.points)) + 180 }
  return clearer(best, await lookAt(photo, upsideDown, canonical, nets))
}

const clearer = (a: Reading, b: Reading) => (b.flag > a.flag ? b : a)

/** The face the right way up, in the box of its most upright sighting, because boxes of lying faces are too small. */
function fitted({ face, points }: Reading, sightings: Sightings): FaceBox {
  const roll = degrees(eyeAngle(points))
  const [drawn = face] = sightings
    .filter((other) => angleBetween(other.roll, roll) < sameRoll)
    .toSorted((a, b) => a.tilt - b.tilt)
  const extent = extentOf(points)
  const side = usualBox * extent.side
  const usual = { x: extent.x - side / 2, y: extent.y - side / 2, width: side, height: side }
  const { x, y, width, height } = sharedOfUnion(drawn, usual) < likeUsual ? usual : drawn
  return { x, y, width, height, score: face.score, ...turned(roll) }
}

const degrees = (radians: number) => (radians * 180) / Math.PI

/** Each face once, clearest first. A close face is found in boxes of several sizes, and parts of it look like faces. */
function distinct(readings: Reading[]): Reading[] {
  const kept: Reading[] = []
  for (const reading of readings.toSorted((a, b) => b.flag - a.flag))
    if (!kept.some((other) => isSameFace(reading, other))) kept.push(reading)
  return kept
}

/**
 * Are these readings of one face? Where they overlap, the less clear one is another face only if it is plain itself, and in
 * another place or of another size.
 */
function isSameFace(less: Reading, more: Reading): boolean {
  const [a, b] = [extentOf(less.points), extentOf(more.points)]
  const larger = Math.max(a.side, b.side)
  if (Math.hypot(a.x - b.x, a.y - b.y) > larger / 2) return false
  return less.flag < plainFlag || meanDistance(less.points, more.points) < larger / 4
}
