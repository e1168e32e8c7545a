/** Face boxes by BlazeFace (Bazarevsky et al., 2019; the 256 px full-range variant). */

import type { FaceBox } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { type Crop, fromCrop, quarterTurned, sampleCrop } from './crop.ts'
import type { Networks } from './tfjs.ts'

export const inputSide = 256
/** Feature grids: cells a side and anchors a cell; the outputs hold scores (logits) and 16 numbers an anchor. */
const grids = [
  { cells: 16, anchors: 2, scores: 'Identity', boxes: 'Identity_2' },
  { cells: 8, anchors: 6, scores: 'Identity_1', boxes: 'Identity_3' },
]
/** Of an anchor's numbers, centre and size come first, then x and y of the eyes (image left and right), nose, mouth and ears. */
const keypoints = 4
const threshold = 0.5
/** Boxes that share more than this of their union are one face. */
const overlap = 0.3
/** Smaller faces (share of the crop's side) are noticed, but their boxes are off by up to their own size. */
const small = 1 / 8
/** The closer look at a small face: this many sides of its box around it. */
const closer = 4
/** Degrees: two sightings of one place that differ by less in roll are the same face the same way up. */
export const sameRoll = 30
/** Detections looked at more closely: the largest ones of a crowd. */
const mostFaces = 12
/** Photos with a longer side than this (pixels) are searched in parts where the whole shows no face. */
const searchedWhole = 1024

/** A box with its left upper corner. */
type Box = Pick<FaceBox, 'x' | 'y' | 'width' | 'height'>

/** A face as the detector sees it. */
export interface Sighting extends FaceBox {
  roll: number
  /** Degrees, 0..180: how far from upright it was in the crop that was searched. */
  tilt: number
}
/** One face, as it was seen with the photo in different quarter turns: most certain first, at least one. */
export type Sightings = Sighting[]

/** The faces of a photo, whichever way up, largest first, at most 12. */
export async function detectFaces(photo: Photo, networks: Networks): Promise<Sightings[]> {
  const crop = wholePhoto(photo)
  return closerLook(photo, crop.side, await detectTurned(photo, crop, networks), networks)
}

/** The same for faces that are too small to be noticed in the whole photo. */
export async function detectInParts(photo: Photo, networks: Networks): Promise<Sightings[]> {
  const { side, ...whole } = wholePhoto(photo)
  if (side <= searchedWhole) return []
  const part = { ...whole, side: side / 2 }
  const found: Sighting[] = []
  for (const y of partCentres(photo.height, part.side))
    for (const x of partCentres(photo.width, part.side))
      found.push(...(await detectTurned(photo, { ...part, x, y }, networks)))
  return closerLook(photo, part.side, found, networks)
}

/** What is found in one square crop in each of its four quarter turns. */
async function detectTurned(photo: Photo, crop: Crop, networks: Networks): Promise<Sighting[]> {
  const found: Sighting[] = []
  let image = sampleCrop(photo, crop, inputSide)
  for (let turns = 0; turns < 4; turns++) {
    const angle = crop.angle + (turns * Math.PI) / 2
    found.push(...(await detectInImage(image, { ...crop, angle }, networks)))
    image = quarterTurned(image, inputSide)
  }
  return found
}

/** Centres lie half a part apart at most, so that a face of up to that size is whole in one of the parts. */
function partCentres(length: number, side: number): number[] {
  if (length <= side) return [length / 2]
  const steps = Math.ceil((length - side) / (side / 2))
  return Array.from({ length: steps + 1 }, (_, i) => side / 2 + (i * (length - side)) / steps)
}

/** Measures the small faces anew. Largest first. */
async function closerLook(photo: Photo, side: number, found: Sighting[], networks: Networks) {
  const faces = groupSightings(found).sort(largestFirst).slice(0, mostFaces)
  for (const sightings of faces) {
    const [face] = sightings
    if (Math.max(face.width, face.height) > small * side) continue
    let near = await seenFromNear(photo, face, networks)
    // A small face's roll was a guess. Now that it is known, the face is looked at upright.
    if (near && near.tilt > 45) near = (await seenFromNear(photo, near, networks)) ?? near
    if (!near) continue
    const { roll } = near
    const others = sightings.filter((other) => angleBetween(other.roll, roll) >= sameRoll)
    sightings.splice(0, sightings.length, near, ...others)
  }
  return faces.sort(largestFirst)
}

/** The face in a crop of its own, upright or nearly so if its roll is right; null where it is not seen there. */
async function seenFromNear(photo: Photo, face: Sighting, networks: Networks): Promise<Sighting | null> {
  const extent = Math.max(face.width, face.height)
  const [x, y] = [face.x + face.width / 2, face.y + face.height / 2]
  const crop = { x, y, side: closer * extent, angle: (-face.quarterTurns * Math.PI) / 2 }
  const distance = (box: Box) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y)
  const near = (await detectIn(photo, crop, networks)).toSorted((a, b) => distance(a) - distance(b))[0]
  return near && distance(near) < extent ? near : null
}

const largestFirst = ([a]: Sightings, [b]: Sightings) => b.width * b.height - a.width * a.height

/**
 * Faces in one square crop of the photo, most certain first.
 *
 * @param crop upright faces are found best; one turned by a quarter is found as well, with the tilt that it has
 */
export async function detectIn(photo: Photo, crop: Crop, networks: Networks): Promise<Sighting[]> {
  return detectInImage(sampleCrop(photo, crop, inputSide), crop, networks)
}

/** @param image of the crop: 256 x 256 x 3, sRGB-encoded, 0..1 */
export async function detectInImage(
  image: Float32Array,
  crop: Crop,
  networks: Networks,
): Promise<Sighting[]> {
  const input = image.map((value) => value * 2 - 1)
  const outputs = await networks.run('blazeface', input, inputSide)
  const candidates = grids.flatMap(({ cells, anchors, scores, boxes }) =>
    decode(outputs[scores], outputs[boxes], cells, anchors),
  )
  const sideways = Math.round(crop.angle / (Math.PI / 2)) % 2 !== 0
  return keepMostCertain(candidates).map((box) => {
    const [x, y] = fromCrop(crop, box.x + box.width / 2, box.y + box.height / 2)
    const width = (sideways ? box.height : box.width) * crop.side
    const height = (sideways ? box.width : box.height) * crop.side
    const [from, tilt] = [crop.angle, box.tilt].map((angle) => (angle * 180) / Math.PI)
    return {
      ...{ x: x - width / 2, y: y - height / 2, width, height, score: box.score },
      ...turned(from + tilt),
      tilt: Math.abs(tilt),
    }
  })
}

/** @param angle degrees by which a face is turned clockwise in the photo */
export function turned(angle: number): { quarterTurns: number; roll: number } {
  const roll = angle - 360 * Math.round(angle / 360)
  return { quarterTurns: (4 - Math.round(roll / 90)) % 4, roll }
}

/** Degrees, 0..180. */
export const angleBetween = (a: number, b: number) => Math.abs(turned(a - b).roll)

/** The crop that holds the whole photo. */
export function wholePhoto({ width, height }: Photo): Crop {
  return { x: width / 2, y: height / 2, side: Math.max(width, height), angle: 0 }
}

/** Boxes in the crop, -0.5..0.5. */
function decode(scores: Float32Array, boxes: Float32Array, cells: number, anchors: number) {
  const found: (Box & { score: number; tilt: number })[] = []
  scores.forEach((logit, i) => {
    const score = 1 / (1 + Math.exp(-logit))
    if (score < threshold) return
    const cell = Math.floor(i / anchors)
    const numbers = boxes.subarray(16 * i, 16 * i + 16)
    const [dx, dy, width, height] = numbers.map((value) => value / inputSide)
    found.push({
      x: ((cell % cells) + 0.5) / cells + dx - 0.5 - width / 2,
      y: (Math.floor(cell / cells) + 0.5) / cells + dy - 0.5 - height / 2,
      width,
      height,
      score,
      tilt: tiltOf(numbers),
    })
  })
  return found
}

/** Radians clockwise, by the line of the eyes and the one from between them to the mouth, each with its length's weight. */
function tiltOf(numbers: Float32Array): number {
  const [leftX, leftY, rightX, rightY, , , mouthX, mouthY] = numbers.subarray(keypoints)
  const [downX, downY] = [mouthX - (leftX + rightX) / 2, mouthY - (leftY + rightY) / 2]
  return Math.atan2(rightY - leftY - downX, rightX - leftX + downY)
}

/** Boxes of the same place, most certain first, as the sightings of one face. */
function groupSightings(boxes: Sighting[]): Sightings[] {
  const faces: Sightings[] = []
  for (const box of boxes.toSorted((a, b) => b.score - a.score)) {
    const known = faces.find(([other]) => sharedOfUnion(box, other) >= overlap)
    if (known) known.push(box)
    else faces.push([box])
  }
  return faces
}

/** Non-maximum suppression: of boxes that overlap only the most certain one is left. Most certain first. */
export function keepMostCertain<T extends Box & { score: number }>(boxes: T[]): T[] {
  const kept: T[] = []
  for (const box of boxes.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((other) => sharedOfUnion(box, other) < overlap)) kept.push(box)
  }
  return kept
}

/** Intersection over union, 0..1. */
export function sharedOfUnion(a: Box, b: Box): number {
  const along = (p: number, lengthP: number, q: number, lengthQ: number) =>
    Math.max(0, Math.min(p + lengthP, q + lengthQ) - Math.max(p, q))
  const shared = along(a.x, a.width, b.x, b.width) * along(a.y, a.height, b.y, b.height)
  return shared / (a.width * a.height + b.width * b.height - shared)
}
