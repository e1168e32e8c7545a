/** From what was optimised to the texture that is handed out. */

import { texelUnit } from '../face/texel-unit.ts'
import { gaussianBlur } from '../image/blur.ts'
import { padTexture } from '../image/pad.ts'
import type { Preset } from './schedule.ts'
import { limitDetail } from './skin-bands.ts'
import { trustedSkin } from './style.ts'
import type { RefinementProblem } from './types.ts'

/**
 * The finished texture: settled, put together with what is locked, padded beyond the charts.
 *
 * @param image N x N x 3: the optimised texture
 * @returns N x N x 3, 0..1
 */
export function finished(
  image: Float32Array,
  problem: RefinementProblem,
  preset: Pick<Preset, 'lockSigma'>,
): Float32Array {
  return padTexture(composite(settled(image, problem, preset), problem), problem.size, problem.coverage)
}

/** The image where the texture is free, the content where it is not. @param image N x N x 3 @returns N x N x 3, 0..1 */
export function composite(
  image: Float32Array,
  { freedom, content }: Pick<RefinementProblem, 'freedom' | 'content'>,
): Float32Array {
  return image.map((value, k) => {
    const f = freedom[Math.floor(k / 3)]
    return Math.min(1, Math.max(0, value * f + content[k] * (1 - f)))
  })
}

/**
 * Puts the content's low frequencies back (style moves detail; evidence and relighting settle the light) and bends
 * detail that stands out more than this person's skin does.
 */
function settled(
  image: Float32Array,
  problem: RefinementProblem,
  { lockSigma }: Pick<Preset, 'lockSigma'>,
): Float32Array {
  const lock = problem.external ? lockSigma.external : lockSigma.unseen
  if (lock === 0) return image
  const { size, content, coverage, features, freedom } = problem
  const drift = image.map((value, k) => value - content[k])
  const low = gaussianBlur(drift, size, size, 3, lock * texelUnit(size), freedom)
  const locked = image.map((value, k) => value - low[k])
  const { plain } = trustedSkin(problem, size)
  return limitDetail(locked, content, size, { coverage, model: plain, keep: features })
}
