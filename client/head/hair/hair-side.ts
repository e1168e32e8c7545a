/** How hair falls beside the face. */

import type { Regions } from '../regions.ts'
import { type HeadView, viewStep } from '../view.ts'
import type { LandmarkPlaces } from '../view-places.ts'

export interface HairSide {
  /** Share of the rows from the eyes to the chin that hair fills beside the face, 0..1. */
  cover: number
  /** How far it is seen to fall below the chin, centimetres; below 0 it ends above. */
  length: number
  /** Is it seen to end, rather than to go on beyond the picture or among cloth of its colour? */
  ends: boolean
}

/** Beside the face, from so far below the eyes on: within this of its side, centimetres, hair fills at least that share of a row. */
const beside = { below: 2, within: 2.5, share: 0.4 }
/** Fewer rows of these are too few to tell: centimetres. */
const fewestRows = 3
/** Rows of hair are at least this wide, centimetres; this far out at most. */
const strand = { wide: 0.7, out: 9 }
/** A row is seen if this share of it is: of the rows beside the face, of those further down. */
const seen = { beside: 0.5, below: 0.3 }
/** A gap of so many centimetres ends the fall. */
const gap = 1.2
/** Cloth so many centimetres below it that is as near as that in colour, log units, may be hair. */
const below = 1.5
const alike = 0.7
/** A pixel is cloth if it is as surely so. */
const sure = 0.5
/** Fewer pixels tell no colour. */
const fewest = 20

/**
 * @param hair P, 1 where there is hair that hangs together with the head's
 * @param sign -1: on the image's left, 1: on its right
 * @returns null: too little of that side is shown
 */
export function hairSide(
  view: HeadView,
  hair: Uint8Array,
  { cloth }: Pick<Regions, 'cloth'>,
  places: LandmarkPlaces,
  sign: -1 | 1,
): HairSide | null {
  const edge = places.middle + sign * places.side
  /** The pixels of a row from the face's side outwards, within some centimetres. */
  const row = (y: number, within: number) =>
    Array.from({ length: Math.ceil(within / viewStep) }, (_, d) => Math.floor(edge + sign * d)).flatMap(
      (x) => (x < 0 || x >= view.width ? [] : [y * view.width + x]),
    )
  const cover = coverOf(view, hair, places, row)
  if (cover === null) return null
  const { last, ends } = fallOf(view, hair, places, row)
  const span = below / viewStep
  const above = meanColour(view, row, last - 2 * span, last, (i) => hair[i] === 1)
  const under = meanColour(view, row, last, last + span, (i) => cloth[i] > sure)
  const told = !above || !under || Math.hypot(...above.map((value, c) => value - under[c])) > alike
  return { cover, length: (last - places.chin) * viewStep, ends: ends && told }
}

type Row = (y: number, within: number) => number[]

function coverOf(
  { shown }: HeadView,
  hair: Uint8Array,
  { eyes, chin }: LandmarkPlaces,
  row: Row,
): number | null {
  let [rows, covered] = [0, 0]
  for (let y = Math.ceil(eyes + beside.below / viewStep); y < chin; y++) {
    const pixels = row(y, beside.within)
    if (shareOf(pixels, shown) < seen.beside) continue
    rows++
    if (shareOf(pixels, hair) > beside.share) covered++
  }
  return rows < fewestRows / viewStep ? null : covered / rows
}

/** The last row from the eyes down that hair goes on to, and whether it is seen to go on no further. */
function fallOf(
  { height, shown }: HeadView,
  hair: Uint8Array,
  { eyes }: LandmarkPlaces,
  row: Row,
): { last: number; ends: boolean } {
  let last = eyes
  for (let y = Math.ceil(eyes); y < height; y++) {
    const pixels = row(y, strand.out)
    if (shareOf(pixels, shown) < seen.below) break
    if (shareOf(pixels, hair) * pixels.length * viewStep >= strand.wide) last = y
    else if ((y - last) * viewStep > gap) return { last, ends: true }
  }
  return { last, ends: false }
}

/** Mean log colour of what is so within some rows beside the face; null: too few pixels. */
function meanColour(
  { height, shown, colour }: HeadView,
  row: Row,
  from: number,
  to: number,
  is: (pixel: number) => boolean,
): number[] | null {
  const sum = [0, 0, 0]
  let count = 0
  for (let y = Math.max(0, Math.floor(from)); y < Math.min(height, to); y++)
    for (const i of row(y, strand.out)) {
      if (!shown[i] || !is(i)) continue
      count++
      for (let c = 0; c < 3; c++) sum[c] += Math.log(colour[3 * i + c] + 8)
    }
  return count < fewest ? null : sum.map((value) => value / count)
}

function shareOf(pixels: readonly number[], mask: Uint8Array): number {
  return pixels.reduce((sum, i) => sum + mask[i], 0) / Math.max(1, pixels.length)
}
