/** Where each texel of the initial texture takes its detail from. */

import { mirrorTexture } from '../image/log-texture.ts'
import { dilate } from '../image/morphology.ts'
import { Evidence, type Unwrap } from './types.ts'

/** Below this weight a side of the photo shows nothing usable. */
export const seen = 0.1
/** Texels around which nothing falls below this weight are held at the photo's colours. */
const certain = 0.6
/** Radius of that surrounding, texels at 256 px. */
const surrounding = 2

export interface TexelSources {
  /** N x N, {@link Evidence}: own, mirrored or none. */
  source: Uint8Array
  /** N x N, 1 where the photo's own colour is held. */
  fixed: Uint8Array
  /** N x N, weight of the mirrored texel; all 0 for a layout without symmetry. */
  mirroredWeight: Float32Array
}

/**
 * A texel is `own` where the photo shows it surely, or at least as well as its mirror image; else `mirrored` where the
 * mirror image is seen; else `none`.
 */
export function texelSources({ size, coverage, weight, symmetric }: Unwrap): TexelSources {
  const mirroredWeight = symmetric ? mirrorTexture(weight, size, 1) : new Float32Array(weight.length)
  const source = new Uint8Array(weight.length)
  const doubtful = new Uint8Array(weight.length)
  for (let i = 0; i < weight.length; i++) {
    if (!coverage[i]) continue
    if (weight[i] > seen && weight[i] >= mirroredWeight[i]) source[i] = Evidence.own
    else if (mirroredWeight[i] > seen) source[i] = Evidence.mirrored
    else if (weight[i] > seen) source[i] = Evidence.own
    if (!(weight[i] > certain)) doubtful[i] = 1
  }
  // The border of a chart is not a doubt: only covered texels count.
  const unfixed = dilate(doubtful, size, size, (surrounding * size) / 256)
  const fixed = unfixed.map((value, i) => (coverage[i] && !value ? 1 : 0))
  for (let i = 0; i < fixed.length; i++) if (fixed[i]) source[i] = Evidence.own
  return { source, fixed, mirroredWeight }
}
