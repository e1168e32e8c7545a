/** The same photo as somebody else might have it: the decision should not depend on it. */

import type { FaceBox } from '../../../client/face/types.ts'
import type { Photo } from '../../../client/image/photo.ts'
import { samplePhoto } from '../../../client/image/sample.ts'

/** Pixels of a small photo's longer side. */
const smallest = 300
/** What a closer crop leaves of each side. */
const closer = 0.92
/** Degrees, clockwise. */
const roll = 12
/** A circle's frame has this level, and is so many widths of the face's box wide. */
const frame = { level: 128, widths: 2.6 }

/** By name, what makes the variant of a photo with this face. */
export const variants: Record<string, (photo: Photo, face: FaceBox) => Photo> = {
  'black and white': (photo) =>
    recoloured(photo, (r, g, b) => {
      const grey = 0.299 * r + 0.587 * g + 0.114 * b
      return [grey, grey, grey]
    }),
  brighter: (photo) => recoloured(photo, (...rgb) => rgb.map((value) => withGamma(value, 0.6))),
  darker: (photo) => recoloured(photo, (...rgb) => rgb.map((value) => withGamma(value, 1.5))),
  mirrored: (photo) => resampled(photo, photo.width, photo.height, (x, y) => [photo.width - x, y]),
  closer: cropped,
  'cut to a circle': cutToCircle,
  small: (photo) => {
    const scale = smallest / Math.max(photo.width, photo.height)
    if (scale >= 1) return photo
    const [width, height] = [photo.width, photo.height].map((side) => Math.round(scale * side))
    return resampled(photo, width, height, (x, y) => [x / scale, y / scale], 1 / scale)
  },
  rolled,
}

const withGamma = (value: number, gamma: number) => 255 * (value / 255) ** gamma

function recoloured(
  { width, height, data }: Photo,
  colour: (r: number, g: number, b: number) => number[],
): Photo {
  const result = data.slice()
  for (let k = 0; k < data.length; k += 4) result.set(colour(data[k], data[k + 1], data[k + 2]), k)
  return { width, height, data: result }
}

/**
 * @param from where a point of the new picture lies in the photo
 * @param scale photo pixels that a new one's side is long; beyond the photo its border goes on
 */
function resampled(
  photo: Photo,
  width: number,
  height: number,
  from: (x: number, y: number) => [number, number],
  scale = 1,
): Photo {
  const points = new Float32Array(2 * width * height)
  const footprint = new Float32Array(4 * width * height)
  for (let i = 0; i < width * height; i++) {
    points.set(from((i % width) + 0.5, Math.floor(i / width) + 0.5), 2 * i)
    footprint.set([scale, 0, 0, scale], 4 * i)
  }
  const rgb = samplePhoto(photo, points, 2, footprint, new Uint8Array(width * height).fill(1))
  const data = new Uint8ClampedArray(4 * width * height).fill(255)
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) data[4 * i + c] = 255 * rgb[3 * i + c]
  }
  return { width, height, data }
}

function cropped(photo: Photo, face: FaceBox): Photo {
  const [width, height] = [photo.width, photo.height].map((side) => Math.round(closer * side))
  const [x, y] = middleOf(face)
  // The face stays where it is in the picture.
  const left = Math.round((1 - closer) * x)
  const top = Math.round((1 - closer) * y)
  return resampled(photo, width, height, (px, py) => [px + left, py + top])
}

/** As profile pictures are: a square around the face, of which a circle shows the photo. */
function cutToCircle(photo: Photo, face: FaceBox): Photo {
  const [x, y] = middleOf(face)
  const side = Math.floor(Math.min(photo.width, photo.height, frame.widths * face.width))
  const left = Math.min(photo.width - side, Math.max(0, Math.round(x - side / 2)))
  const top = Math.min(photo.height - side, Math.max(0, Math.round(y - side / 2)))
  const square = resampled(photo, side, side, (px, py) => [px + left, py + top])
  for (let i = 0; i < side * side; i++) {
    const r = Math.hypot((i % side) + 0.5 - side / 2, Math.floor(i / side) + 0.5 - side / 2)
    if (r > side / 2) square.data.fill(frame.level, 4 * i, 4 * i + 3)
  }
  return square
}

/** About the face, in a picture of the same size: its border goes on where the photo ends. */
function rolled(photo: Photo, face: FaceBox): Photo {
  const [cx, cy] = middleOf(face)
  const [cos, sin] = [Math.cos((roll * Math.PI) / 180), Math.sin((roll * Math.PI) / 180)]
  return resampled(photo, photo.width, photo.height, (x, y) => [
    cx + cos * (x - cx) + sin * (y - cy),
    cy - sin * (x - cx) + cos * (y - cy),
  ])
}

function middleOf({ x, y, width, height }: FaceBox): [number, number] {
  return [x + width / 2, y + height / 2]
}
