/** The light on hair: that of the photo where it shows the hair, else by how much of the sky each place sees. */

import { gaussianBlur } from '../../image/blur.ts'
import { erode } from '../../image/morphology.ts'
import { bilinear } from '../../image/sample.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { median, quantile } from '../../image/statistics.ts'
import type { HeadInPhoto } from '../head-in-photo.ts'
import { middleOf } from '../outline.ts'
import { viewStep } from '../view.ts'
import { brightened, type HairColour, levelOf, logColour } from './hair-colour.ts'
import type { HairStyle } from './hair-style.ts'

export interface LitHair {
  /** The hair's colour where all of the light reaches it. */
  colour: HairColour
  /** V x 4, linear, 0..1: what the texture is multiplied by at each vertex, its opacity last. */
  colours: Float32Array
}

/** What of the light reaches hair that sees this share of the sky, of encoded values. By eye. */
const light = (openness: number) => Math.min(1, 0.45 + 0.75 * openness)
/** What the photo shows of hair lies in so much of the shade that the rest lies in. By eye. */
const seenLight = 0.5
/** The photo's light is its hair's colour in the mean over this: centimetres. Strands are the style's own. */
const reach = 0.7
/** It counts where so much of that is hair, well within, and on the side that faces the camera: cosines. By eye. */
const trusted = { within: 2, share: [0.2, 0.6], facing: [-0.05, 0.3] } as const
/** Log units from the hair's usual colour that it changes at most; of the hue so much, as some is the scene's. By eye. */
const most = 0.5
const hue = 0.6
/** Encoded: the texture may become this bright, so that places in the light can be. */
const brightest = 245
const gamma = 2.2

/**
 * @param colour the hair's usual colour
 * @param opacity V, 0..1
 * @param head what the photo shows
 */
export function litHair(
  hair: Pick<HairStyle, 'positions' | 'openness'>,
  opacity: Float32Array,
  colour: HairColour,
  head: Pick<HeadInPhoto, 'view' | 'map' | 'at'>,
): LitHair {
  const count = opacity.length
  const usual = seenLight * Math.log(light(median(hair.openness, 1) ?? 1))
  const shown = photoLight(hair.positions, head)
  const logs = new Float32Array(3 * count)
  for (let v = 0; v < count; v++) {
    const sure = shown ? shown.sure[v] : 0
    const unseen = (1 - sure) * Math.log(light(hair.openness[v])) + sure * usual
    for (let c = 0; c < 3; c++) logs[3 * v + c] = unseen + (shown ? sure * shown.tone[3 * v + c] : 0)
  }
  // Vertices only darken: the texture is as bright as the brightest place, where that leaves it unclipped.
  const brightShade = Math.max(...colour.shades.map(levelOf)) - usual
  const needed = quantile(logs, 0.98, 1) ?? 0
  const headroom = Math.max(0, Math.min(needed, Math.log(brightest + 8) - brightShade))
  const colours = new Float32Array(4 * count)
  for (let v = 0; v < count; v++) {
    for (let c = 0; c < 3; c++)
      colours[4 * v + c] = Math.min(1, Math.exp(gamma * (logs[3 * v + c] - headroom)))
    colours[4 * v + 3] = opacity[v]
  }
  const by = headroom - usual
  const { middle, spread, shades } = colour
  return {
    colour: {
      middle: brightened(middle, by),
      spread,
      shades: shades.map((shade) => brightened(shade, by)),
    },
    colours,
  }
}

/** For each vertex how sure the photo's light on it is, and how far its colour is off the usual one (V x 3), log units. */
function photoLight(
  positions: Float32Array,
  { view, map, at }: Pick<HeadInPhoto, 'view' | 'map' | 'at'>,
): { sure: Float32Array; tone: Float32Array } | null {
  if (!map.colour || map.hat) return null
  const { width, height, rotation } = view
  const { middle } = map.colour
  const within = Float32Array.from(erode(map.hair, width, height, trusted.within))
  if (!within.some((value) => value > 0)) return null
  const log = new Float32Array(3 * within.length)
  for (let i = 0; i < within.length; i++) if (within[i]) log.set(logColour(view.colour, i), 3 * i)
  const smooth = gaussianBlur(log, width, height, 3, reach / viewStep, within)
  const share = gaussianBlur(within, width, height, 1, reach / viewStep)
  const screen = view.project(positions)
  const centre = middleOf(at.eyes)
  const sure = new Float32Array(positions.length / 3)
  const tone = new Float32Array(positions.length)
  for (let v = 0; v < sure.length; v++) {
    const [x, y] = [screen[4 * v], screen[4 * v + 1]]
    if (x < 0 || y < 0 || x > width || y > height) continue
    const d = [0, 1, 2].map((c) => positions[3 * v + c] - centre[c])
    const facing =
      (rotation[6] * d[0] + rotation[7] * d[1] + rotation[8] * d[2]) / Math.max(1e-6, Math.hypot(...d))
    sure[v] =
      smoothstep(trusted.share[0], trusted.share[1], bilinear(share, width, height, 1, 0, x, y)) *
      smoothstep(trusted.facing[0], trusted.facing[1], facing)
    if (sure[v] === 0) continue
    const off = middle.map((value, c) => bilinear(smooth, width, height, 3, c, x, y) - value)
    const level = (off[0] + off[1] + off[2]) / 3
    const within = Math.min(most, Math.max(-most, level))
    for (let c = 0; c < 3; c++) tone[3 * v + c] = within + hue * (off[c] - level)
  }
  return { sure, tone }
}
