/** The light on the far side, as far as a grazing view shows it. */

import { texelUnit } from '../../face/texel-unit.ts'
import type { Unwrap } from '../../face/types.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { toLog } from '../../image/log-texture.ts'

/** Light is averaged over this sigma, texels at 256 px: a grazing view is streaked and off by some texels. */
const reach = 5
/** A greater difference from the expectation than this (log units) is hair or background, not light. */
const brightness = 0.5
const tint = 0.15
/** Weight of the expectation against what is seen, so that a glimpse of few texels moves it little. */
const caution = 0.05

/**
 * Moves the low frequencies of an expectation towards what the photo shows at a grazing angle.
 *
 * @param target N x N x 3, log domain
 * @param moved N x N, 1 on the texels that are to be moved
 * @param judged N x N, 1 on those whose certainty is wanted, the moved ones among them. Default: these alone
 * @returns target: N x N x 3; certainty: N x N, 0..1, how much was seen around each judged texel
 */
export function grazingLight(
  { size, coverage, grazing }: Pick<Unwrap, 'size' | 'coverage' | 'grazing'>,
  target: Float32Array,
  moved: Uint8Array,
  judged = moved,
): { target: Float32Array; certainty: Float32Array } {
  const certainty = new Float32Array(coverage.length)
  if (!grazing) return { target, certainty }
  const seen = toLog(grazing.sampled)
  // How far each texel's difference is believed times that, and how far: they are blurred together.
  const believed = new Float32Array(4 * certainty.length)
  for (let i = 0; i < certainty.length; i++) {
    if (grazing.weight[i] === 0 || !moved[i]) continue
    const red = seen[3 * i] - target[3 * i]
    const green = seen[3 * i + 1] - target[3 * i + 1]
    const blue = seen[3 * i + 2] - target[3 * i + 2]
    const luminance = (red + green + blue) / 3
    const cast = Math.max(Math.abs(red - luminance), Math.abs(green - luminance), Math.abs(blue - luminance))
    const trust = grazing.weight[i] * falloff(luminance / brightness) * falloff(cast / tint)
    believed[4 * i] = trust * red
    believed[4 * i + 1] = trust * green
    believed[4 * i + 2] = trust * blue
    believed[4 * i + 3] = trust
  }
  const inside = Float32Array.from(coverage)
  const around = gaussianBlur(believed, size, size, 4, reach * texelUnit(size), inside, judged)
  const lit = target.slice()
  for (let i = 0; i < certainty.length; i++) {
    if (!judged[i]) continue
    const trust = around[4 * i + 3]
    certainty[i] = Math.min(1, trust)
    if (moved[i]) for (let c = 0; c < 3; c++) lit[3 * i + c] += around[4 * i + c] / (trust + caution)
  }
  return { target: lit, certainty }
}

function falloff(value: number): number {
  return Math.max(0, 1 - value * value)
}
