/** Person against background, by the selfie segmentation network. */

import { faceOutline, noseTip } from '../../face/contours.ts'
import type { FaceBox } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { fillPolygon } from '../../image/polygon.ts'
import { bilinear } from '../../image/sample.ts'
import { quantile } from '../../image/statistics.ts'
import { type Crop, sampleCrop } from './crop.ts'
import { behindFrame, roundFrame, withoutFrame } from './frame.ts'
import { eyeAngle } from './landmarks.ts'
import type { Networks } from './tfjs.ts'

const input = 256

export { input as personInput }

/** The network expects head and shoulders: this many face sides around the face. */
const margin = 2.6
/** Up to this share of the way from the nose to the face's outline, whatever is seen is the person. */
const surely = 0.85
/** The network understood the picture if it is as certain as `least` of this share of that part. */
const understood = { share: 0.9, least: 0.9 }
/** Darkest and brightest 2% of a face, 0..1, as in a photo of usual contrast. */
const usualLevels = { dark: 0.14, bright: 0.88 }
/** Contrast (0..1) that is taken for the least there is, so that noise is not made visible. */
const leastContrast = 0.03

/**
 * What the landmarks show to be a face is a person: where the network denies that (in a pale, dim or washed-out photo), it
 * looks again at the picture in usual contrast, and if it still denies it, it is not believed inside the face.
 *
 * A picture that was cut to a circle is continued beyond it: the network would take the frame for a part of the person.
 *
 * @param points at least 468 x 3 landmarks, photo pixels
 * @returns photo.width * photo.height, 0..1: how surely a pixel is the person's; 0 beyond head and shoulders, but
 * that a body goes on below them.
 */
export async function segmentPerson(
  photo: Photo,
  face: FaceBox,
  points: Float32Array,
  networks: Networks,
): Promise<Float32Array> {
  const crop: Crop = {
    x: face.x + face.width / 2,
    y: face.y + face.height / 2,
    side: margin * Math.max(face.width, face.height),
    angle: eyeAngle(points),
  }
  const frame = roundFrame(photo)
  const picture = sampleCrop(frame ? withoutFrame(photo, frame) : photo, crop, input)
  const inside = insideOf(points, crop)
  const look = async (image: Float32Array) => {
    const [mask] = Object.values(await networks.run('selfie', image, input))
    return mask
  }
  let mask = await look(picture)
  if (!isUnderstood(mask, inside)) mask = await look(inUsualContrast(picture, inside))
  if (!isUnderstood(mask, inside)) mask = mask.map((value, i) => (inside[i] ? 1 : value))
  const person = toPhoto(mask, crop, photo)
  if (!frame) return person
  const { width } = photo
  return person.map((value, i) =>
    behindFrame(frame, (i % width) + 0.5, Math.floor(i / width) + 0.5) ? 0 : value,
  )
}

function isUnderstood(mask: Float32Array, inside: Uint8Array): boolean {
  const certainty = quantile(
    mask.filter((_, i) => inside[i]),
    1 - understood.share,
    1,
  )
  return certainty === null || certainty >= understood.least
}

/** The crop with its levels stretched so that the face has those of a usual photo, 0..1. */
function inUsualContrast(picture: Float32Array, inside: Uint8Array): Float32Array {
  const luminance: number[] = []
  inside.forEach((value, i) => {
    if (value) luminance.push((picture[3 * i] + picture[3 * i + 1] + picture[3 * i + 2]) / 3)
  })
  const dark = quantile(luminance, 0.02, 1) ?? 0
  const contrast = Math.max(leastContrast, (quantile(luminance, 0.98, 1) ?? 1) - dark)
  const gain = (usualLevels.bright - usualLevels.dark) / contrast
  return picture.map((value) => Math.min(1, Math.max(0, usualLevels.dark + gain * (value - dark))))
}

/** input x input, 1 well within the outline of the face. */
function insideOf(points: Float32Array, crop: Crop): Uint8Array {
  const [c, s] = [Math.cos(crop.angle), Math.sin(crop.angle)]
  const toCrop = (vertex: number): [number, number] => {
    const [dx, dy] = [points[3 * vertex] - crop.x, points[3 * vertex + 1] - crop.y]
    return [((c * dx + s * dy) / crop.side + 0.5) * input, ((-s * dx + c * dy) / crop.side + 0.5) * input]
  }
  const [x, y] = toCrop(noseTip)
  const outline = faceOutline.map((vertex) => {
    const [u, v] = toCrop(vertex)
    return [x + surely * (u - x), y + surely * (v - y)]
  })
  const inside = new Uint8Array(input * input)
  fillPolygon(outline, inside, input)
  return inside
}

/** Below the crop, as far again, its last row goes on: so does a body. Beside and above it there is nobody. */
function toPhoto(mask: Float32Array, crop: Crop, { width, height }: Photo): Float32Array {
  const person = new Float32Array(width * height)
  const [c, s] = [Math.cos(crop.angle), Math.sin(crop.angle)]
  const corners = [
    [-0.5, -0.5],
    [0.5, -0.5],
    [-0.5, 1.5],
    [0.5, 1.5],
  ].map(([u, v]) => [crop.x + crop.side * (c * u - s * v), crop.y + crop.side * (s * u + c * v)])
  const range = (values: number[], limit: number) =>
    [Math.min(...values), Math.max(...values)].map((value) => Math.min(limit, Math.max(0, Math.round(value))))
  const [left, right] = range(
    corners.map(([x]) => x),
    width,
  )
  const [top, bottom] = range(
    corners.map(([, y]) => y),
    height,
  )
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const [dx, dy] = [x + 0.5 - crop.x, y + 0.5 - crop.y]
      const u = ((c * dx + s * dy) / crop.side + 0.5) * input
      const v = ((-s * dx + c * dy) / crop.side + 0.5) * input
      if (u >= 0 && u <= input && v >= 0 && v <= 2 * input)
        person[y * width + x] = bilinear(mask, input, input, 1, 0, u, v)
    }
  }
  return person
}
