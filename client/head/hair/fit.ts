/** Hair as wide and as high as the photo's. */

import { rasterize } from '../../capture/mesh/rasterize.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { maskWhere } from '../../image/texels.ts'
import { between, filled, growth, middleOf, outlineRatios } from '../outline.ts'
import type { Regions } from '../regions.ts'
import { type HeadView, viewReach, viewStep } from '../view.ts'
import type { LandmarkPlaces } from '../view-places.ts'
import { type HairMap, headAndHair } from './hair-map.ts'

/** A style is widened and narrowed by these at most: beyond, the photo shows something else. */
const stretch = { least: 0.82, most: 1.35 }
/** What falls is fitted row by row below the eyes by the second, centimetres, not at all above them by the first. */
const fading = { full: 2, none: -4 }
/** A head tilted by more than the first of these degrees, in full by the second, has hair that leans: upright it falls alike on both sides. */
const tilted = { from: 4, full: 12 }
/** Rows of falling hair: centimetres apart, their limits, rows over which they are smoothed; centimetres of the hair's tips. */
const row = { apart: 0.5, least: 0.72, most: 1.45, smoothed: 4, tip: 1.5 }

/**
 * @param positions V x 3 of hair on this head, centimetres, head frame
 * @param triangles the hair's
 * @param eyes height of the eyes, centimetres, head frame
 * @param falls does it fall below the ears?
 * @param roll of the head in the photo, degrees
 * @returns V x 3
 */
export function fitHair(
  positions: Float32Array,
  triangles: Uint32Array,
  view: HeadView,
  map: HairMap,
  regions: Regions,
  places: LandmarkPlaces,
  { eyes, falls, roll }: { eyes: number; falls: boolean; roll: number },
): Float32Array {
  const { width, height, rotation } = view
  const screen = view.project(positions)
  const drawn = rasterize(screen, triangles, width, height)
  const style = maskWhere(width * height, (i) => drawn.triangle[i] >= 0 || regions.head[i] === 1)
  const outline = outlineRatios(view, headAndHair(map.hair, regions), style, eyes, stretch)
  const widths = falls ? upright(rowRatios(view, map, drawn.triangle, places), roll) : null
  const grown = outline && growth(positions, outline, view, eyes)
  const centre = middleOf(eyes)
  const right = rotation.subarray(0, 3)
  const result = new Float32Array(positions.length)
  for (let v = 0; 3 * v < positions.length; v++) {
    const d = [0, 1, 2].map((c) => positions[3 * v + c] - centre[c])
    const more = grown ? grown[v] : 0
    for (let c = 0; c < 3; c++) result[3 * v + c] = centre[c] + d[c] * (1 + more)
    if (!widths) continue
    const x = (screen[4 * v] - places.middle) * viewStep
    const drop = ((screen[4 * v + 1] - places.eyes) * viewStep) / row.apart
    const share = 1 - smoothstep(fading.none, fading.full, positions[3 * v + 1] - eyes)
    const wide = share * (between(widths[x < 0 ? 0 : 1], drop) - 1) * x
    for (let c = 0; c < 3; c++) result[3 * v + c] += wide * right[c]
  }
  return result
}

/** Hair hangs down: what leans with a tilted head's is as wide on both sides once the head is upright. */
function upright(widths: Widths | null, roll: number): Widths | null {
  if (!widths) return null
  const share = smoothstep(tilted.from, tilted.full, Math.abs(roll)) / 2
  const [left, right] = widths
  const towards = (own: Float64Array, other: Float64Array) =>
    own.map((value, k) => value + share * (other[k] - value))
  return [towards(left, right), towards(right, left)]
}

type Widths = [left: Float64Array, right: Float64Array]

/** Left and right, row by row from the eyes down: how much further out the photo's hair is than the style's. */
function rowRatios(
  { width, height, shown }: HeadView,
  { hair, sides }: HairMap,
  drawn: Int32Array,
  { eyes, chin, middle }: LandmarkPlaces,
): Widths | null {
  const rows = Math.floor((viewReach.down + 4) / row.apart)
  const [left, right] = [-1, 1].map((sign, which) => {
    const side = sides[which]
    if (!side) return null
    // Further down hair becomes thin: no measure of its width.
    const end = chin + (side.length - row.tip) / viewStep
    /** The outermost pixel of a row, counted from the middle. */
    const reach = (y: number, inside: (i: number) => boolean) => {
      let last = 0
      for (let d = 0; d < width; d++) {
        const x = Math.floor(middle + sign * d)
        if (x >= 0 && x < width && inside(y * width + x)) last = d
      }
      return last
    }
    const known = Array.from({ length: rows }, (_, k): number | null => {
      const y = Math.floor(eyes + (k * row.apart) / viewStep)
      if (y >= Math.min(height, end)) return null
      const photo = reach(y, (i) => hair[i] === 1)
      const style = reach(y, (i) => drawn[i] >= 0)
      if (photo === 0 || style === 0) return null
      const beyond = Math.floor(middle + sign * (photo + 3))
      const seen = beyond >= 0 && beyond < width && shown[y * width + beyond]
      // Where the picture ends the hair may go on.
      if (!seen && photo < style) return null
      return Math.min(row.most, Math.max(row.least, photo / style))
    })
    return known.some((value) => value !== null) ? filled(known, row.smoothed) : null
  })
  if (!left && !right) return null
  return [left ?? right!, right ?? left!]
}
