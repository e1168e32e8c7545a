/** Face boxes by BlazeFace (Bazarevsky et al., 2019; the 256 px full-range variant). */
import { type Crop, fromCrop, sampleCrop } from './crop.ts'
import type { Networks } from './tfjs.ts'
import type { FaceBox, Photo } from './types.ts'

const INPUT = 256
/** Feature grids: cells a side and anchors a cell; the outputs hold scores (logits) and 16 numbers an anchor. */
const GRIDS = [
  { cells: 16, anchors: 2, scores: 'Identity', boxes: 'Identity_2' },
  { cells: 8, anchors: 6, scores: 'Identity_1', boxes: 'Identity_3' },
]
const THRESHOLD = 0.5
/** Boxes that share more than this of their union are one face. */
const OVERLAP = 0.3
/** Smaller faces (share of the crop's side) are noticed, but their boxes are off by up to their own size. */
const SMALL = 1 / 8
/** The closer look at a small face: this many sides of its box around it. */
const CLOSER = 4
/** Detections looked at more closely: the largest ones of a crowd. */
const MOST_FACES = 12
/** Photos with a longer side than this (pixels) are searched in parts where the whole shows no face. */
const SEARCHED_WHOLE = 1024

/** A box with its left upper corner. */
type Box = Pick<FaceBox, 'x' | 'y' | 'width' | 'height'>

/**
 * The faces of a photo that are upright after the given number of clockwise quarter turns, largest first, at most 12.
 */
export async function detectFaces(photo: Photo, turns: number, networks: Networks): Promise<FaceBox[]> {
  const crop = wholePhoto(photo, turns)
  return closerLook(photo, crop, await detectIn(photo, crop, networks), networks)
}

/** The same for faces that are too small to be noticed in the whole photo. Upright ones only. */
export async function detectInParts(photo: Photo, networks: Networks): Promise<FaceBox[]> {
  const { side, ...whole } = wholePhoto(photo, 0)
  if (side <= SEARCHED_WHOLE) return []
  const part = { ...whole, side: side / 2 }
  const found: FaceBox[] = []
  for (const y of partCentres(photo.height, part.side))
    for (const x of partCentres(photo.width, part.side))
      found.push(...(await detectIn(photo, { ...part, x, y }, networks)))
  return closerLook(photo, part, keepMostCertain(found), networks)
}

/** Half a part lies between centres at most, so that no face of up to that size is cut everywhere. */
function partCentres(length: number, side: number): number[] {
  if (length <= side) return [length / 2]
  const steps = Math.ceil((length - side) / (side / 2))
  return Array.from({ length: steps + 1 }, (_, i) => side / 2 + (i * (length - side)) / steps)
}

/** Measures the small faces anew, each in a crop of its own. Largest first. */
async function closerLook(photo: Photo, { side, angle }: Crop, faces: FaceBox[], networks: Networks) {
  const measured: FaceBox[] = []
  for (const face of faces.toSorted(largestFirst).slice(0, MOST_FACES)) {
    const extent = Math.max(face.width, face.height)
    if (extent > SMALL * side) {
      measured.push(face)
      continue
    }
    const [x, y] = [face.x + face.width / 2, face.y + face.height / 2]
    const near = await detectIn(photo, { x, y, side: CLOSER * extent, angle }, networks)
    const distance = (box: Box) => Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y)
    measured.push(near.toSorted((a, b) => distance(a) - distance(b))[0] ?? face)
  }
  return keepMostCertain(measured).sort(largestFirst)
}

const largestFirst = (a: Box, b: Box) => b.width * b.height - a.width * a.height

/**
 * Faces in one square crop of the photo, most certain first.
 *
 * @param crop upright faces are found best; `angle` is the quarter turn tried
 */
export async function detectIn(photo: Photo, crop: Crop, networks: Networks): Promise<FaceBox[]> {
  const image = sampleCrop(photo, crop, INPUT).map((value) => value * 2 - 1)
  const outputs = await networks.run('blazeface', image, INPUT)
  const candidates = GRIDS.flatMap(({ cells, anchors, scores, boxes }) =>
    decode(outputs[scores], outputs[boxes], cells, anchors),
  )
  const turns = Math.round(crop.angle / (Math.PI / 2))
  return keepMostCertain(candidates).map((box) => {
    const [x, y] = fromCrop(crop, box.x + box.width / 2, box.y + box.height / 2)
    const width = (turns % 2 ? box.height : box.width) * crop.side
    const height = (turns % 2 ? box.width : box.height) * crop.side
    const quarterTurns = (4 - turns) % 4
    return { x: x - width / 2, y: y - height / 2, width, height, score: box.score, quarterTurns }
  })
}

/** The crop that holds the whole photo, turned by a number of clockwise quarter turns. */
export function wholePhoto({ width, height }: Photo, turns = 0): Crop {
  return { x: width / 2, y: height / 2, side: Math.max(width, height), angle: (turns * Math.PI) / 2 }
}

/** Boxes in the crop, -0.5..0.5. */
function decode(scores: Float32Array, boxes: Float32Array, cells: number, anchors: number) {
  const found: (Box & { score: number })[] = []
  scores.forEach((logit, i) => {
    const score = 1 / (1 + Math.exp(-logit))
    if (score < THRESHOLD) return
    const cell = Math.floor(i / anchors)
    const [dx, dy, width, height] = boxes.subarray(16 * i, 16 * i + 4).map((value) => value / INPUT)
    found.push({
      x: ((cell % cells) + 0.5) / cells + dx - 0.5 - width / 2,
      y: (Math.floor(cell / cells) + 0.5) / cells + dy - 0.5 - height / 2,
      width,
      height,
      score,
    })
  })
  return found
}

/** Non-maximum suppression: of boxes that overlap only the most certain one is left. Most certain first. */
export function keepMostCertain<T extends Box & { score: number }>(boxes: T[]): T[] {
  const kept: T[] = []
  for (const box of boxes.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((other) => sharedOfUnion(box, other) < OVERLAP)) kept.push(box)
  }
  return kept
}

function sharedOfUnion(a: Box, b: Box): number {
  const along = (p: number, lengthP: number, q: number, lengthQ: number) =>
    Math.max(0, Math.min(p + lengthP, q + lengthQ) - Math.max(p, q))
  const shared = along(a.x, a.width, b.x, b.width) * along(a.y, a.height, b.y, b.height)
  return shared / (a.width * a.height + b.width * b.height - shared)
}
