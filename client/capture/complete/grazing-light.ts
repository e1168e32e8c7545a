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
 * @param wanted the texels that are to be moved
 * @returns target: N x N x 3; certainty: N x N, 0..1, how much was seen around
 */
export function grazingLight(
  { size, coverage, grazing }: Pick<Unwrap, 'size' | 'coverage' | 'grazing'>,
  target: Float32Array,
  wanted: (texel: number) => boolean,
): { target: Float32Array; certainty: Float32Array } {
  if (!grazing) return { target, certainty: new Float32Array(coverage.length) }
  const seen = toLog(grazing.sampled)
  const trust = grazing.weight.map((weight, i) => {
    if (weight === 0 || !wanted(i)) return 0
    const difference = [0, 1, 2].map((c) => seen[3 * i + c] - target[3 * i + c])
    const luminance = (difference[0] + difference[1] + difference[2]) / 3
    const cast = Math.max(...difference.map((value) => Math.abs(value - luminance)))
    return weight * falloff(luminance / brightness) * falloff(cast / tint)
  })
  const inside = Float32Array.from(coverage)
  const blurred = (image: Float32Array, channels: number) =>
    gaussianBlur(image, size, size, channels, reach * texelUnit(size), inside)
  const shift = blurred(
    target.map((value, k) => trust[Math.floor(k / 3)] * (seen[k] - value)),
    3,
  )
  const certainty = blurred(trust, 1)
  return {
    target: target.map((value, k) => {
      const i = Math.floor(k / 3)
      return wanted(i) ? value + shift[k] / (certainty[i] + caution) : value
    }),
    certainty: certainty.map((value) => Math.min(1, value)),
  }
}

function falloff(value: number): number {
  return Math.max(0, 1 - value * value)
}
