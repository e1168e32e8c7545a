/** How much larger or smaller the photo's head is than a modelled one, from its middle outwards. */

import { smoothstep } from '../image/smoothstep.ts'
import { type HeadView, viewStep } from './view.ts'

/** Times the model's radius: rays from left over the top to the right. */
export interface Outline {
  ratios: Float64Array
  /** Their mean, less 1. */
  mean: number
}

/** Rays from the head's middle, degrees apart, up to this far from straight up. */
const ray = { apart: 4, most: 116 }
/** Beyond this ratio the photo shows something else. */
const distrusted = 1.6
/** Rays over which the outline is smoothed, and the share of the mean that what is not seen from the front takes. */
const smoothing = { rays: 2.2, behind: 0.7 }
/** It holds in full above the eyes by the first, not at all below them by the second, centimetres. */
const fading = { full: 2, none: -4 }
/** What hangs together with the head but for gaps of so many centimetres is its outline. */
const gap = 0.5
/** Of this many rays at least something must be seen. */
const fewestRays = 12
/** The middle of the rays lies this far behind the head frame's origin, centimetres, at the eyes' height. */
const back = 2

/** Where the rays begin, centimetres, head frame. @param eyes height of the eyes */
export function middleOf(eyes: number): [number, number, number] {
  return [0, eyes, -back]
}

/**
 * @param photo P, not 0 where the photo shows the head and its hair
 * @param model P, likewise, of the modelled ones
 * @param eyes height of the eyes, centimetres, head frame
 * @param limits of the ratios
 * @returns null: too little is seen
 */
export function outlineRatios(
  view: HeadView,
  photo: Uint8Array,
  model: Uint8Array,
  eyes: number,
  limits: { least: number; most: number },
): Outline | null {
  const [cx, cy] = view.project(middleOf(eyes))
  const half = Math.floor(ray.most / ray.apart)
  const known = Array.from({ length: 2 * half + 1 }, (_, k): number | null => {
    const angle = ((k - half) * ray.apart * Math.PI) / 180
    const step: [number, number] = [Math.sin(angle), -Math.cos(angle)]
    const own = reach(view, model, cx, cy, step)
    const seen = reach(view, photo, cx, cy, step, view.shown)
    if (own === null || seen === null || seen > distrusted * own) return null
    return Math.min(limits.most, Math.max(limits.least, seen / own))
  })
  if (known.filter((value) => value !== null).length < fewestRays) return null
  const ratios = filled(known, smoothing.rays)
  return { ratios, mean: ratios.reduce((sum, value) => sum + value - 1, 0) / ratios.length }
}

/**
 * By how much points grow from the middle, as a share of their distance to it: what is seen from the front as the outline says,
 * the back of the head by less.
 *
 * @param positions V x 3, centimetres, head frame
 * @returns V
 */
export function growth(
  positions: Float32Array,
  { ratios, mean }: Outline,
  { rotation }: Pick<HeadView, 'rotation'>,
  eyes: number,
): Float32Array {
  const centre = middleOf(eyes)
  return Float32Array.from({ length: positions.length / 3 }, (_, v) => {
    const d = [0, 1, 2].map((c) => positions[3 * v + c] - centre[c])
    const [x, y] = [0, 3].map((r) => rotation[r] * d[0] + rotation[r + 1] * d[1] + rotation[r + 2] * d[2])
    const seen = smoothstep(0.3, 0.9, Math.hypot(x, y) / Math.max(1e-6, Math.hypot(d[0], d[1], d[2])))
    const here = between(ratios, (Math.atan2(x, y) * 180) / Math.PI / ray.apart + (ratios.length - 1) / 2) - 1
    const fade = smoothstep(fading.none, fading.full, d[1])
    return fade * (seen * here + (1 - seen) * smoothing.behind * mean)
  })
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

/** The value of a list between its entries. */
export function between(list: Float64Array, place: number): number {
  const k = Math.min(list.length - 1, Math.max(0, place))
  const i = Math.max(0, Math.min(list.length - 2, Math.floor(k)))
  return list.length < 2 ? list[0] : list[i] + (k - i) * (list[i + 1] - list[i])
}

/** Unknown ones take the nearest known one's value; then smoothed. @param sigma in entries */
export function filled(known: (number | null)[], sigma: number): Float64Array {
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
