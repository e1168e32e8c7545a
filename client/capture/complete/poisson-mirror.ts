/** The plain Poisson-mirror: the baseline for the hidden side. */

import { shownFrom } from '../../face/confidence.ts'
import { Evidence } from '../../face/evidence.ts'
import type { Unwrap } from '../../face/types.ts'
import { composeGradients } from '../../image/gradients.ts'
import { mirrorTexture, toLog } from '../../image/log-texture.ts'
import { solveScreenedPoisson } from '../../image/poisson.ts'
import { type TexelSources, texelSources } from '../unwrap/texel-sources.ts'

/**
 * Gradient-domain fill in log RGB: gradients from the photo's own texels, else from the mirrored side's, else none
 * (membrane).
 *
 * @param sources of {@link texelSources}
 * @returns N x N x 3 in the log domain ({@link toLog}), 0 outside the charts
 */
export function poissonMirror(
  unwrap: Unwrap,
  { source, fixed, mirroredWeight }: TexelSources = texelSources(unwrap),
): Float32Array {
  const { size, coverage, sampled } = unwrap
  const log = toLog(sampled)
  const gradients = composeGradients(size, [
    { texture: log, knows: (i) => source[i] === Evidence.own },
    { texture: mirrorTexture(log, size, 3), knows: (i) => mirroredWeight[i] > shownFrom },
  ])
  const image = { width: size, height: size, channels: 3, domain: coverage, fixed, values: log }
  return solveScreenedPoisson({ ...image, ...gradients, initial: meanColour(log, unwrap.weight) })
}

/** All texels in the weighted mean colour, or grey where the photo shows nothing. Charts without any own texel get this. */
function meanColour(log: Float32Array, weight: Float32Array): Float32Array {
  const sums = [0, 0, 0]
  let total = 0
  for (let i = 0; i < weight.length; i++) {
    total += weight[i]
    for (let c = 0; c < 3; c++) sums[c] += weight[i] * log[i * 3 + c]
  }
  return log.map((_, k) => (total > 0 ? sums[k % 3] / total : Math.log(128)))
}
