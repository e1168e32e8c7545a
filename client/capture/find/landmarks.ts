/** 478 landmarks by MediaPipe's Face Mesh network, version 2: mesh and irises. */

import { eyes, irisLandmarks, meshLandmarks, outerEyeCorners } from '../../face/contours.ts'
import type { FaceBox } from '../../face/types.ts'
import { mirrorTexture } from '../../image/log-texture.ts'
import type { Photo } from '../../image/photo.ts'
import { type Crop, fromCrop, sampleCrop } from './crop.ts'
import type { Networks } from './tfjs.ts'

/** Side of what the network sees, pixels. */
export const landmarkInput = 256
/** The network sees the face with this much around it. */
const margin = 1.5
/** Each iris is given as centre, right, top, left, bottom; these are the other eye's, mirrored. */
const irisPartners = [473, 476, 475, 474, 477, 468, 471, 470, 469, 472]
export interface Landmarks {
  /** 478 x 3: px, py (down), pz in photo pixels, smaller = nearer. */
  points: Float32Array
  /** Face-flag logit: below 0 it is not a face. */
  logit: number
}

/** A pass is believed that saw the eyes level to within this angle (radians). */
const level = 0.1
/** Passes over a tilted face: each brings it nearer to upright. */
const mostPasses = 5

/**
 * Two passes or more: each crop follows the landmarks of the pass before, until the face lies level in it. The detector's
 * box has no tilt, and the network is off by a tenth of the face where it is 45 degrees.
 */
export async function findLandmarks(photo: Photo, face: FaceBox, networks: Networks): Promise<Landmarks> {
  const first = cropOf(face)
  let found = await landmarksIn(photo, first, networks)
  for (let pass = 1, crop = first; pass < mostPasses; pass++) {
    const next = cropAround(found.points)
    const turned = Math.abs(Math.sin((next.angle - crop.angle) / 2)) * 2
    if (pass > 1 && turned < level) break
    crop = next
    found = await landmarksIn(photo, crop, networks)
  }
  return found
}

/**
 * The looks that are averaged: how much larger (share of the side) and how far turned (radians) each crop is. The network's
 * answers differ by 2% of the distance of the eyes, and their mean errs less than any of them.
 */
const looks = [
  { larger: -0.08, turned: 0.05 },
  { larger: 0.08, turned: -0.05 },
]

/**
 * The mean of four looks at a face whose landmarks are known roughly: two crops, each also mirrored, so that the face and
 * its mirror image get mirrored landmarks.
 *
 * @param points 468 x 3 or more, photo pixels
 * @param mirror 468: each landmark's left-right partner
 * @returns 478 x 3, and the mean of the flags
 */
export async function averageLandmarks(
  photo: Photo,
  points: Float32Array,
  mirror: ArrayLike<number>,
  networks: Networks,
): Promise<Landmarks> {
  const around = cropAround(points)
  const mean = { points: new Float32Array(3 * (meshLandmarks + 2 * irisLandmarks)), logit: 0 }
  const share = 1 / (2 * looks.length)
  for (const { larger, turned } of looks) {
    for (const [partner, angle] of [
      [undefined, around.angle + turned],
      [mirror, around.angle - turned],
    ] as const) {
      const crop = { ...around, side: around.side * (1 + larger), angle }
      const look = await landmarksIn(photo, crop, networks, partner)
      for (let i = 0; i < mean.points.length; i++) mean.points[i] += share * look.points[i]
      mean.logit += share * look.logit
    }
  }
  return mean
}

/**
 * Distance of the outer eye corners in the head's own size, not shortened by a turn. Photo pixels.
 *
 * @param points 468 x 3 or more, photo pixels
 */
export function eyeDistance(points: Float32Array): number {
  const [left, right] = outerEyeCorners
  return Math.hypot(...[0, 1, 2].map((axis) => points[3 * left + axis] - points[3 * right + axis]))
}

/**
 * Radians, clockwise in the image, by which the line from the image's left eye to the right one is turned.
 *
 * @param points 468 x 3 or more, photo pixels
 */
export function eyeAngle(points: Float32Array): number {
  const [left, right] = outerEyeCorners
  return Math.atan2(points[3 * right + 1] - points[3 * left + 1], points[3 * right] - points[3 * left])
}

/**
 * The square around the mesh that is turned so that the eyes lie level: centre and side, photo pixels.
 *
 * @param points 468 x 3 or more, photo pixels
 */
export function extentOf(points: Float32Array): Crop {
  const angle = eyeAngle(points)
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < meshLandmarks; i++) {
    const u = c * points[3 * i] + s * points[3 * i + 1]
    const v = -s * points[3 * i] + c * points[3 * i + 1]
    minU = Math.min(minU, u)
    maxU = Math.max(maxU, u)
    minV = Math.min(minV, v)
    maxV = Math.max(maxV, v)
  }
  const [u, v] = [(minU + maxU) / 2, (minV + maxV) / 2]
  return { x: c * u - s * v, y: s * u + c * v, side: Math.max(maxU - minU, maxV - minV), angle }
}

/** What the network is to see first of a face that the detector found. */
export function cropOf({ x, y, width, height, quarterTurns, roll = -90 * quarterTurns }: FaceBox): Crop {
  const side = margin * Math.max(width, height)
  return { x: x + width / 2, y: y + height / 2, side, angle: (roll * Math.PI) / 180 }
}

/** What the network is to see of a face whose landmarks are known. @param points 468 x 3 or more, photo pixels */
export function cropAround(points: Float32Array): Crop {
  const extent = extentOf(points)
  return { ...extent, side: margin * extent.side }
}

/**
 * How much of the mesh (0..1, by the number of landmarks) lies within the photo.
 *
 * @param points 468 x 3 or more, photo pixels
 */
export function shareWithin({ width, height }: Photo, points: Float32Array): number {
  let within = 0
  for (let i = 0; i < meshLandmarks; i++) {
    const [x, y] = [points[3 * i], points[3 * i + 1]]
    if (x >= 0 && y >= 0 && x < width && y < height) within++
  }
  return within / meshLandmarks
}

/** Mean distance of the same landmarks of two meshes. @param a 468 x 3 or more, photo pixels @param b likewise */
export function meanDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < 3 * meshLandmarks; i += 3) sum += Math.hypot(a[i] - b[i], a[i + 1] - b[i + 1])
  return sum / meshLandmarks
}

/** @param mirror given: the network sees the crop's mirror image; each landmark's left-right partner, 468 */
async function landmarksIn(
  photo: Photo,
  crop: Crop,
  networks: Networks,
  mirror?: ArrayLike<number>,
): Promise<Landmarks> {
  return landmarksInImage(sampleCrop(photo, crop, landmarkInput), crop, networks, mirror)
}

/**
 * One look at a crop of a photo.
 *
 * @param image of the crop: 256 x 256 x 3, sRGB-encoded, 0..1
 * @param mirror given: the network sees the image's mirror image; each landmark's left-right partner, 468
 */
export async function landmarksInImage(
  image: Float32Array,
  crop: Crop,
  networks: Networks,
  mirror?: ArrayLike<number>,
): Promise<Landmarks> {
  const seen = mirror ? mirrorTexture(image, landmarkInput, 3) : image
  const { landmarks, presence } = await networks.run('facemesh', seen, landmarkInput)
  let points = landmarks
  // The network gives irises no depth: they get the mean of their eye's.
  for (const [side, contour] of eyes.entries()) {
    const depth = contour.reduce((sum, index) => sum + points[3 * index + 2], 0) / contour.length
    for (let i = 0; i < irisLandmarks; i++) points[3 * (meshLandmarks + irisLandmarks * side + i) + 2] = depth
  }
  if (mirror) points = mirrored(points, mirror)
  for (let i = 0; i < points.length; i += 3) {
    const [x, y] = fromCrop(crop, points[i] / landmarkInput - 0.5, points[i + 1] / landmarkInput - 0.5)
    points[i] = x
    points[i + 1] = y
    points[i + 2] *= crop.side / landmarkInput
  }
  return { points, logit: presence[0] }
}

/** Landmarks of a mirrored crop as those of the crop. */
function mirrored(points: Float32Array, mirror: ArrayLike<number>): Float32Array {
  const result = new Float32Array(points.length)
  for (let i = 0; i < points.length / 3; i++) {
    const partner = mirror[i] ?? irisPartners[i - meshLandmarks]
    result.set([landmarkInput - points[3 * partner], points[3 * partner + 1], points[3 * partner + 2]], 3 * i)
  }
  return result
}
