/** Hair as wide and as high as the photo's. */

import { rasterize } from '../../capture/mesh/rasterize.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import type { Regions } from '../regions.ts'
import { type HeadView, viewReach, viewStep } from '../view.ts'
import type { LandmarkPlaces } from '../view-places.ts'
import type { HairMap } from './hair-map.ts'

/** Rays from the head's middle, degrees apart, up to this far from straight up. */
const ray = { apart: 4, most: 116 }
/** A style is widened and narrowed by these at most: beyond, the photo shows something else. */
const stretch = { least: 0.82, most: 1.35, distrusted: 1.6 }
/** Rays over which the outline is smoothed, and the share of the mean that what is not seen from the front takes. */
const smoothing = { rays: 2.2, behind: 0.7 }
/** Middle of the rays: above the ears' holes and behind them, centimetres, head frame, relative to the eyes' height. */
const middle = { up: 0, back: -2 }
/** Hair is fitted in full above the eyes by the first, not at all below them by the second, centimetres. */
const fading = { full: 2, none: -4 }
/** Rows of falling hair: centimetres apart, their limits, rows over which they are smoothed. */
const row = { apart: 0.5, least: 0.72, most: 1.45, smoothed: 4 }
/** What hangs together with the head but for gaps of so many centimetres is its outline. */
const gap = 0.5
/** Of this many rays at least something must be seen. */
const fewestRays = 12

/**
 * @param positions V x 3 of hair on this head, centimetres, head frame
 * @param triangles the hair's
 * @param eyes height of the eyes, centimetres, head frame
 * @param falls does it fall below the ears?
 * @returns V x 3
 */
export function fitHair(
  positions: Float32Array,
  triangles: Uint32Array,
  view: HeadView,
  map: HairMap,
  regions: Regions,
  places: LandmarkPlaces,
  { eyes, falls }: { eyes: number; falls: boolean },
): Float32Array {
  const { width, height, rotation } = view
  const screen = view.project(positions)
  const drawn = rasterize(screen, triangles, width, height)
  const style = Uint8Array.from(drawn.triangle, (t, i) => (t >= 0 || regions.head[i] ? 1 : 0))
  const photo = Uint8Array.from(map.hair, (hair, i) =>
    hair || (regions.head[i] && regions.behind[i] < 0.5) ? 1 : 0,
  )
  const centre = [0, eyes + middle.up, middle.back]
  const [cx, cy] = view.project(centre)
  const ratios = outlineRatios(view, photo, style, cx, cy)
  const widths = falls ? rowRatios(view, map.hair, drawn.triangle, places) : null
  if (!ratios && !widths) return positions
  const mean = ratios ? ratios.reduce((sum, value) => sum + value - 1, 0) / ratios.length : 0
  const result = new Float32Array(positions.length)
  const [rx, ry] = [0, 3].map((r) => rotation.subarray(r, r + 3))
  for (let v = 0; v < positions.length; v += 3) {
    const d = [0, 1, 2].map((c) => positions[v + c] - centre[c])
    const length = Math.max(1e-6, Math.hypot(d[0], d[1], d[2]))
    const [x, y] = [rx, ry].map((r) => r[0] * d[0] + r[1] * d[1] + r[2] * d[2])
    let grown = 0
    if (ratios) {
      const seen = smoothstep(0.3, 0.9, Math.hypot(x, y) / length)
      const here = at(ratios, (Math.atan2(x, y) * 180) / Math.PI / ray.apart + (ratios.length - 1) / 2) - 1
      const fade = smoothstep(fading.none, fading.full, positions[v + 1] - eyes)
      grown = fade * (seen * here + (1 - seen) * smoothing.behind * mean)
    }
    for (let c = 0; c < 3; c++) result[v + c] = centre[c] + d[c] * (1 + grown)
    if (!widths) continue
    // Sideways in the picture.
    const drop = ((screen[(4 * v) / 3 + 1] - places.eyes) * viewStep) / row.apart
    const share = 1 - smoothstep(fading.none, fading.full, positions[v + 1] - eyes)
    const wide = share * (at(x < 0 ? widths[0] : widths[1], drop) - 1) * x
    for (let c = 0; c < 3; c++) result[v + c] += wide * rx[c]
  }
  return result
}

/** Of a list, between its entries. */
function at(list: Float64Array, place: number): number {
  const k = Math.min(list.length - 1, Math.max(0, place))
  const i = Math.min(list.length - 2, Math.floor(k))
  return list.length < 2 ? list[0] : list[i] + (k - i) * (list[i + 1] - list[i])
}

/** For each ray from left to right: how much further out the photo's outline is than the style's. null: too little is seen. */
function outlineRatios(
  view: HeadView,
  photo: Uint8Array,
  style: Uint8Array,
  cx: number,
  cy: number,
): Float64Array | null {
  const half = Math.floor(ray.most / ray.apart)
  const known = Array.from({ length: 2 * half + 1 }, (_, k): number | null => {
    const angle = ((k - half) * ray.apart * Math.PI) / 180
    const step: [number, number] = [Math.sin(angle), -Math.cos(angle)]
    const own = reach(view, style, cx, cy, step)
    const seen = reach(view, photo, cx, cy, step, view.shown)
    if (own === null || seen === null) return null
    const ratio = seen / own
    return ratio > stretch.distrusted ? null : Math.min(stretch.most, Math.max(stretch.least, ratio))
  })
  if (known.filter((value) => value !== null).length < fewestRays) return null
  return filled(known, smoothing.rays)
}

/** How far a mask goes on along a ray, pixels; null: the picture ends before. */
function reach(
  { width, height }: HeadView,
  mask: Uint8Array,
  cx: number,
  cy: number,
  [dx, dy]: [number, number],
  shown?: Uint8Array,
): number | null {
  let last = 0
  for (let r = 0; r - last < gap / viewStep || last === 0; r++) {
    const [x, y] = [Math.floor(cx + r * dx), Math.floor(cy + r * dy)]
    if (x < 0 || y < 0 || x >= width || y >= height) return null
    if (shown && !shown[y * width + x]) return null
    if (mask[y * width + x]) last = r
    else if (last === 0 && r > 8 / viewStep) return null
  }
  return last + 0.5
}

/** Left and right, row by row from the eyes down: how much further out the photo's hair is than the style's. */
function rowRatios(
  { width, height, shown }: HeadView,
  hair: Uint8Array,
  drawn: Int32Array,
  { eyes, middle: centre }: LandmarkPlaces,
): [Float64Array, Float64Array] | null {
  const rows = Math.floor((viewReach.down + 4) / row.apart)
  const sides = [-1, 1].map((sign) => {
    const known = Array.from({ length: rows }, (_, k): number | null => {
      const y = Math.floor(eyes + (k * row.apart) / viewStep)
      if (y >= height) return null
      const edge = (inside: (i: number) => boolean) => {
        let last = 0
        for (let d = 0; ; d++) {
          const x = Math.floor(centre + sign * d)
          if (x < 0 || x >= width) return { last, whole: true }
          if (!shown[y * width + x]) return { last, whole: false }
          if (inside(y * width + x)) last = d
        }
      }
      const photo = edge((i) => hair[i] === 1)
      const own = edge((i) => drawn[i] >= 0)
      if (photo.last === 0 || own.last === 0 || (!photo.whole && photo.last * 1.15 > own.last)) return null
      return Math.min(row.most, Math.max(row.least, photo.last / own.last))
    })
    return known.some((value) => value !== null) ? filled(known, row.smoothed) : null
  })
  const [left, right] = sides
  if (!left && !right) return null
  return [left ?? right!, right ?? left!]
}

/** Unknown ones take the nearest known one's value; then smoothed. @param sigma in entries */
function filled(known: (number | null)[], sigma: number): Float64Array {
  const whole = known.map((value, i) => {
    for (let d = 0; value === null && d < known.length; d++) value = known[i - d] ?? known[i + d] ?? null
    return value ?? 1
  })
  return Float64Array.from(whole, (_, i) => {
    let [sum, total] = [0, 0]
    for (const [j, value] of whole.entries()) {
      const w = Math.exp(-((i - j) ** 2) / (2 * sigma ** 2))
      sum += w * value
      total += w
    }
    return sum / total
  })
}
