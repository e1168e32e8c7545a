/**
 * Makes another generator's texture fit this photo before any style is moved: without it `draft` came to 16.7 instead of
 * 29.9 dB of the whole face (test/evaluation/decisions/parts-of-draft.md).
 */

import { heldFrom, outlineStep, shownFrom } from '../face/confidence.ts'
import { texelUnit } from '../face/texel-unit.ts'
import { blurWithin } from '../image/blur.ts'
import { composeGradients } from '../image/gradients.ts'
import { fromLog, toLog } from '../image/log-texture.ts'
import { dilate } from '../image/morphology.ts'
import { padTexture } from '../image/pad.ts'
import { solveScreenedPoisson } from '../image/poisson.ts'
import { limitDetail } from './skin-bands.ts'
import { type TrustSource, trustedSkin } from './style.ts'

/** Light is what is coarser than this sigma, texels of a 256 px texture. */
const lightSigma = 5
/** Pull towards the relit texture, at 256 px: a seam's correction fades over about 14 texels. */
const hold = 0.005
/** Detail this near to eyes, brows and lips (texels of a 256 px texture) stays as strong as it is. */
const featureRim = 4

/**
 * Relights `texture` with the low frequencies of `light` (log domain, within the mesh), bends what stands out more than
 * this person's skin does there (another's hair or shadows), then composites it with the photo in the gradient domain: the
 * photo's texels are held; where it shows the face at a grazing angle, its gradients count, elsewhere the texture's.
 *
 * @param texture N x N x 3, 0..1, the external content in the mesh's UV layout
 * @param light N x N x 3, 0..1, a complete texture under this photo's light (the capture's own initial texture)
 * @returns N x N x 3, equal to `sampled` where `weight` is 1
 */
export function fitExternal(texture: Float32Array, light: Float32Array, capture: TrustSource): Float32Array {
  const { size, coverage, features, sampled, weight } = capture
  const { plain } = trustedSkin(capture, size)
  const keep = dilate(features, size, size, featureRim * texelUnit(size))
  const calm = limitDetail(relight(texture, light, size, coverage), light, size, {
    coverage,
    model: plain,
    keep,
  })
  const relit = toLog(calm)
  const own = toLog(sampled)

  const fixed = new Uint8Array(size * size)
  for (let i = 0; i < fixed.length; i++) fixed[i] = coverage[i] && weight[i] > heldFrom ? 1 : 0
  const gradients = composeGradients(size, [
    { texture: own, knows: (i) => weight[i] > heldFrom },
    // A grazing view of this person is better than a texture of another.
    { texture: own, knows: (i) => weight[i] > shownFrom, steepest: outlineStep / texelUnit(size) },
    { texture: relit, knows: () => true },
  ])
  const filled = solveScreenedPoisson({
    width: size,
    height: size,
    channels: 3,
    ...gradients,
    domain: coverage,
    fixed,
    values: own,
    // A dark hair at the photo's rim must not darken the whole side: away from the rim the relit texture holds.
    screen: new Float32Array(size * size).fill(hold * (1 / texelUnit(size)) ** 2),
    target: relit,
    initial: relit,
  })
  const complete = new Float32Array(filled.length)
  for (let k = 0; k < filled.length; k++) {
    const w = weight[Math.floor(k / 3)]
    const fill = Math.min(1, Math.max(0, fromLog(filled[k])))
    complete[k] = fill * (1 - w) + sampled[k] * w
  }
  return padTexture(complete, size, coverage)
}

/** Texture with its own light replaced, log domain: C - G(C) + G(light). 0..1 and a little beyond. */
function relight(
  texture: Float32Array,
  light: Float32Array,
  size: number,
  coverage: Uint8Array,
): Float32Array {
  const inside = Float32Array.from(coverage)
  const sigma = lightSigma * texelUnit(size)
  const low = (log: Float32Array) => blurWithin(log, size, size, 3, sigma, inside)
  const content = toLog(texture)
  const from = low(content)
  const to = low(toLog(light))
  return content.map((value, k) => fromLog(value - from[k] + to[k]))
}
