/** The hair that hangs together with the head, and how it falls. */

import { erode } from '../../image/morphology.ts'
import { median } from '../../image/statistics.ts'
import { maskWhere } from '../../image/texels.ts'
import { type Outline, outlineRatios } from '../outline.ts'
import type { Regions } from '../regions.ts'
import { type HeadView, viewStep } from '../view.ts'
import type { LandmarkPlaces } from '../view-places.ts'
import { steadiness, straightness } from './curl.ts'
import { type HairColour, hairColour, levelOf, logColour } from './hair-colour.ts'
import { type HairSide, hairSide } from './hair-side.ts'
import { isHat } from './hat.ts'

export interface HairMap {
  /** P, 1 where the photo shows hair that hangs together with what is on the head. */
  hair: Uint8Array
  colour: HairColour | null
  /** Does it look like a hat instead? Then its colour is that of what hangs out below. */
  hat: boolean
  /** 0 (frizz, curls) to 1, see `straightness`. */
  straight: number | null
  /** Of what falls beside the face: 0 (waves, curls) to 1 (straight), see `steadiness`. */
  steady: number | null
  /** Share of hair on what is seen of the scalp, 0..1. */
  hairy: number
  /** How much larger the photo's outline is than a bare head's, as a share; null: it is not seen. */
  thickness: number | null
  /** The photo's outline, of head and hair, against a bare head's. */
  outline: Outline | null
  /** On the image's left and right: null where the picture does not tell. */
  sides: [left: HairSide | null, right: HairSide | null]
}

/** Ratios of the photo's outline to a bare head's that are believed. */
const widest = { least: 0.7, most: 1.6 }
/** Pixels from the hair's edge. */
const well = 3
/** The scalp begins this far above the eyes, centimetres. */
const scalp = 5.5
/** A pixel is hair if it is as surely so. */
const sure = 0.5
/** Hair that is by this much brighter than the face is in other light: log units. Of 26 people one is (.5), next is -.06. */
const sunlit = 0.25
/** Fewer pixels of the face tell nothing. */
const fewestOfFace = 60
/** One that is surer, and well within, shows the hair's own colour: edges are mixed with what lies behind. */
const surely = 0.8

/** @param eyes height of the eyes, centimetres, head frame */
export function hairMap(view: HeadView, regions: Regions, places: LandmarkPlaces, eyes: number): HairMap {
  const hair = connected(view, regions, places)
  const within = erode(hair, view.width, view.height, well)
  const outline = outlineRatios(view, headAndHair(hair, regions), regions.head, eyes, widest)
  return {
    hair,
    outline,
    thickness: outline?.mean ?? null,
    straight: straightness(view, within),
    steady: steadiness(
      view,
      within.map((is, i) => (i < Math.floor(places.eyes) * view.width ? 0 : is)),
    ),
    hairy: hairShare(view, regions, hair, places),
    ...colourOf(view, regions, within, places),
    sides: [hairSide(view, hair, regions, places, -1), hairSide(view, hair, regions, places, 1)],
  }
}

/** P, 1 where the photo shows the head or its hair. */
export function headAndHair(hair: Uint8Array, { head, behind }: Regions): Uint8Array {
  return maskWhere(hair.length, (i) => hair[i] === 1 || (head[i] === 1 && behind[i] < sure))
}

function hairShare(
  { width, shown }: HeadView,
  { face, head, behind }: Regions,
  hair: Uint8Array,
  { eyes }: LandmarkPlaces,
): number {
  let [seen, count] = [0, 0]
  for (let i = 0; i < Math.floor(eyes - scalp / viewStep) * width; i++) {
    if (!head[i] || face[i] || !shown[i] || behind[i] >= sure) continue
    seen++
    count += hair[i]
  }
  return count / Math.max(1, seen)
}

/** From the hair upon the head, wherever hair goes on. */
function connected(
  { width, height }: HeadView,
  { hair, head }: Regions,
  { eyes }: LandmarkPlaces,
): Uint8Array {
  const result = new Uint8Array(width * height)
  const stack: number[] = []
  const visit = (i: number) => {
    if (result[i] || hair[i] < sure) return
    result[i] = 1
    stack.push(i)
  }
  for (let i = 0; i < Math.floor(eyes - 2 / viewStep) * width; i++) if (head[i]) visit(i)
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    if (i >= width) visit(i - width)
    if (i + width < result.length) visit(i + width)
    if (i % width > 0) visit(i - 1)
    if (i % width < width - 1) visit(i + 1)
  }
  return result
}

/** Its colour above the chin, where it is surely hair. */
function colourOf(
  { width, colour }: HeadView,
  regions: Regions,
  within: Uint8Array,
  { eyes, chin }: LandmarkPlaces,
): Pick<HairMap, 'colour' | 'hat'> {
  const pixels: number[] = []
  for (let i = 0; i < Math.floor(chin) * width; i++)
    if (within[i] && regions.hair[i] >= surely) pixels.push(i)
  const found = hairColour(colour, pixels)
  const skin = skinLevel(colour, regions)
  if (!found || skin === null) return { colour: found, hat: false }
  if (isHat(found, skin)) {
    const below = hairColour(
      colour,
      pixels.filter((i) => i >= Math.floor(eyes) * width),
    )
    return { colour: below && !isHat(below, skin) ? below : null, hat: true }
  }
  if (levelOf(found.middle) - skin < sunlit) return { colour: found, hat: false }
  // Dark hair in the sun is brighter than a face in the shade; where it is in the shade, too, it has its colour.
  const shaded = pixels.filter((i) => levelOf(logColour(colour, i)) < skin)
  return { colour: hairColour(colour, shaded) ?? found, hat: false }
}

/** The middle of the face's brightness, log units; null: too little is seen. */
function skinLevel(colour: Float32Array, { face, skin }: Regions): number | null {
  const levels: number[] = []
  for (let i = 0; i < face.length; i++)
    if (face[i] && skin[i] >= surely) levels.push(levelOf(logColour(colour, i)))
  return median(levels, fewestOfFace)
}
