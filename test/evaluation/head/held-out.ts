/** Half of what a photo shows of the rest of a head is hidden: is what is painted there like it? */

import { type PaintedHair, paintedHair } from '../../../client/head/hair/painted-hair.ts'
import { usualHair } from '../../../client/head/hair/painted-hairline.ts'
import { seenHair } from '../../../client/head/hair/seen-hair.ts'
import { paintHead } from '../../../client/head/paint-head.ts'
import { hairOn } from '../../../client/head/painted-head.ts'
import { restSurface } from '../../../client/head/rest-surface.ts'
import { fitScalp } from '../../../client/head/scalp.ts'
import { type HeadSight, headSight } from '../../../client/head/sight.ts'
import { headSkin } from '../../../client/head/skin.ts'
import { restTexels } from '../../../client/head/texture-sides.ts'
import { fromLog, toLog } from '../../../client/image/log-texture.ts'
import { erode } from '../../../client/image/morphology.ts'
import { random } from '../../../client/image/random.ts'
import type { RefinementProblem } from '../../../client/refine/types.ts'
import { contrastOf, contrastOff } from '../metrics/contrast.ts'
import { type Lpips, lpipsOfRegion } from '../metrics/lpips.ts'
import { pasted } from '../metrics/region.ts'
import { hairProblem } from './hair-problem.ts'
import type { Portrait } from './portrait.ts'

/**
 * `made` is the hair, or the skin, that the pipeline paints; `streaks` its strands on one colour; `flat` that colour alone;
 * `optimised` the painted hair after style optimisation.
 */
export const heldOutMethods = ['flat', 'streaks', 'made', 'optimised'] as const
export type HeldOutMethod = (typeof heldOutMethods)[number]

export interface HeldOutRow {
  kind: 'hair' | 'skin'
  method: HeldOutMethod
  /** How many texels were scored. */
  texels: number
  /** Root mean square difference of the mean colours' channels, levels of 255. */
  colour: number
  /** `contrastOff`: 0 is alike; null where there is too little that is not next to something else. */
  contrast: number | null
  lpips: number | null
  /** Share of the texels where the pipeline, too, has hair, or skin. */
  told: number
}

/** Squares of so many centimetres are hidden or not, with their mirror images: nothing is to be mirrored from there. */
const square = 4
/** Texels that are surely hair, or skin, count; */
const surely = 0.8
/** of contrast none so near to the border, across which it would be measured. */
const border = 4
/** Texels at 512 a side: fewer tell nothing of colour, or of contrast. */
const fewest = { colour: 100, contrast: 300 }

/** N x N, 1 where it is hidden: half of all squares, by chance. */
export function hiddenHalf(size: number, seed: number): Uint8Array {
  const { next } = random(seed)
  const side = Math.round(restTexels(square, size))
  const squares = Math.ceil(size / side)
  const hidden = Uint8Array.from({ length: squares * squares }, () => (next() < 0.5 ? 1 : 0))
  return Uint8Array.from({ length: size * size }, (_, i) => {
    const across = Math.min(i % size, size - 1 - (i % size))
    return hidden[Math.floor(i / size / side) * squares + Math.floor(across / side)]
  })
}

/** @param optimised makes the refined texture of a problem, N x N x 3; null: nothing is optimised */
export async function heldOut(
  { head, decision }: Portrait,
  seed: number,
  lpips: Lpips | null,
  optimised: ((problem: RefinementProblem) => Promise<Float32Array>) | null,
): Promise<HeldOutRow[]> {
  const { capture, photo, kit, view, regions, map, at } = head
  const { model } = kit
  const { size } = capture
  const mesh = map.outline ? fitScalp(head.mesh, map.outline, view, { on: 'paint', ...at }) : head.mesh
  const sight = headSight(mesh, capture, photo.photo, photo, size, hairOn(map), { view, regions })
  const log = toLog(sight.unwrap.sampled)
  const surface = restSurface(mesh)
  const paint = (part: HeadSight) => {
    const seen = decision.style === 'none' ? null : seenHair(mesh, capture, part, log, map.straight)
    const hair = seen && paintedHair(mesh, surface, capture, part, usualHair(model), seen, log)
    return { hair, skin: headSkin(mesh, surface, capture, part, hair?.cover ?? null, log) }
  }
  const hidden = hiddenHalf(size, seed)
  const half = without(sight, hidden)
  const [whole, painted] = [paint(sight), paint(half)]
  const cover = painted.hair?.cover ?? new Float32Array(hidden.length)
  const { texture } = paintHead(mesh, capture, half, model, {
    hair: decision.style === 'none' ? 'none' : 'shown',
    straight: map.straight,
  })
  const rows: HeldOutRow[] = []
  const kinds = { hair: whole.hair?.own ?? null, skin: whole.skin.own }
  const seen = Uint8Array.from(hidden, (_, i) =>
    Math.max(kinds.hair?.[i] ?? 0, kinds.skin[i]) > surely ? 1 : 0,
  )
  const truth = pasted(texture, sight.unwrap.sampled, seen)
  for (const kind of ['hair', 'skin'] as const) {
    const own = kinds[kind]
    if (!own) continue
    const of = (is: number) => Uint8Array.from(own, (w, i) => (w > surely && hidden[i] === is ? 1 : 0))
    const region = of(1)
    const inner = erode(region, size, size, border)
    const colour = meanColour(log, of(0))
    const enough = (mask: Uint8Array, least: number) => texelsIn(mask) >= least * (size / 512) ** 2
    if (!colour || !enough(region, fewest.colour)) continue
    const flat = Float32Array.from(log, (_, k) => level(colour[k % 3]))
    const fills: Partial<Record<HeldOutMethod, Float32Array>> = { flat }
    if (kind === 'skin') fills.made = painted.skin.log.map(level)
    else if (painted.hair) {
      fills.made = painted.hair.log.map(level)
      fills.streaks = streaks(painted.hair, colour)
      if (optimised && enough(inner, fewest.contrast))
        fills.optimised = await optimised(
          hairProblem(mesh, half, {
            hair: cover.map((share, i) => (share > 0.5 || region[i] ? 1 : 0)),
            own: painted.hair.own,
            content: pasted(
              fills.made,
              sight.unwrap.sampled,
              painted.hair.own.map((w) => (w > 0.5 ? 1 : 0)),
            ),
          }),
        )
    }
    const told =
      region.filter((is, i) => is && cover[i] > 0.5 === (kind === 'hair')).length / texelsIn(region)
    const contrast = enough(inner, fewest.contrast) ? contrastOf(truth, size, inner) : null
    const mean = meanColour(truth, region)!
    for (const method of heldOutMethods) {
      const fill = fills[method]
      if (!fill) continue
      const result = pasted(truth, fill, region)
      const off = meanColour(result, region)!.map((value, c) => 255 * (value - mean[c]))
      rows.push({
        ...{ kind, method, texels: texelsIn(region), told },
        colour: Math.hypot(...off) / Math.sqrt(3),
        contrast: contrast && contrastOff(contrastOf(result, size, inner), contrast),
        lpips: lpips && (await lpipsOfRegion(lpips, truth, result, size, region)),
      })
    }
  }
  return rows
}

/** The photo does not show what is hidden. The hair's colour stays that of all. */
function without(sight: HeadSight, hidden: Uint8Array): HeadSight {
  const kept = (values: Float32Array) => values.map((value, i) => (hidden[i] ? 0 : value))
  const unwrap = { ...sight.unwrap, weight: kept(sight.unwrap.weight) }
  return { ...sight, unwrap, likeness: kept(sight.likeness) }
}

function streaks({ log, strands }: PaintedHair, colour: number[]): Float32Array {
  return Float32Array.from(log, (_, k) => level(colour[k % 3] + strands[Math.floor(k / 3)]))
}

const texelsIn = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0)
const level = (log: number) => Math.min(1, Math.max(0, fromLog(log)))

/** null: nothing is there. */
function meanColour(values: Float32Array, region: Uint8Array): number[] | null {
  const sums = [0, 0, 0]
  let count = 0
  for (let i = 0; i < region.length; i++) {
    if (!region[i]) continue
    count++
    for (let c = 0; c < 3; c++) sums[c] += values[3 * i + c]
  }
  return count ? sums.map((sum) => sum / count) : null
}
