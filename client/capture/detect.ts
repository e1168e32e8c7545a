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

interface Candidate {
  /** In the crop, -0.5..0.5: centre and size. */
  u: number
  v: number
  width: number
  height: number
  score: number
}

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
  return suppress(candidates).map(({ u, v, width, height, score }) => {
    const [x, y] = fromCrop(crop, u, v)
    const [w, h] =
      turns % 2 ? [height * crop.side, width * crop.side] : [width * crop.side, height * crop.side]
    return { x: x - w / 2, y: y - h / 2, width: w, height: h, score, quarterTurns: (4 - turns) % 4 }
  })
}

/** The crop that holds the whole photo, turned by a number of clockwise quarter turns. */
export function wholePhoto({ width, height }: Photo, turns = 0): Crop {
  return { x: width / 2, y: height / 2, side: Math.max(width, height), angle: (turns * Math.PI) / 2 }
}

function decode(scores: Float32Array, boxes: Float32Array, cells: number, anchors: number): Candidate[] {
  const found: Candidate[] = []
  scores.forEach((logit, i) => {
    const score = 1 / (1 + Math.exp(-logit))
    if (score < THRESHOLD) return
    const cell = Math.floor(i / anchors)
    const [dx, dy, width, height] = boxes.subarray(16 * i, 16 * i + 4)
    found.push({
      u: ((cell % cells) + 0.5) / cells + dx / INPUT - 0.5,
      v: (Math.floor(cell / cells) + 0.5) / cells + dy / INPUT - 0.5,
      width: width / INPUT,
      height: height / INPUT,
      score,
    })
  })
  return found
}

/** Keeps the most certain of boxes that overlap. */
function suppress(candidates: Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((other) => sharedOfUnion(candidate, other) < OVERLAP)) kept.push(candidate)
  }
  return kept
}

export function sharedOfUnion(a: Candidate, b: Candidate): number {
  const along = (p: number, lengthP: number, q: number, lengthQ: number) =>
    Math.max(0, Math.min(p + lengthP / 2, q + lengthQ / 2) - Math.max(p - lengthP / 2, q - lengthQ / 2))
  const shared = along(a.u, a.width, b.u, b.width) * along(a.v, a.height, b.v, b.height)
  return shared / (a.width * a.height + b.width * b.height - shared)
}
