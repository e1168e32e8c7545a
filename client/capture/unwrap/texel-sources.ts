/** Where each texel of the initial texture takes its detail from. */

import { heldFrom, shownFrom } from '../../face/confidence.ts'
import { Evidence } from '../../face/evidence.ts'
import { texelUnit } from '../../face/texel-unit.ts'
import type { Unwrap } from '../../face/types.ts'
import { mirrorTexture } from '../../image/log-texture.ts'
import { dilate } from '../../image/morphology.ts'

/** A texel is held where all weights within this radius (texels at 256 px) are above `heldFrom`. */
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
    if (weight[i] > shownFrom && weight[i] >= mirroredWeight[i]) source[i] = Evidence.own
    else if (mirroredWeight[i] > shownFrom) source[i] = Evidence.mirrored
    if (!(weight[i] > heldFrom)) doubtful[i] = 1
  }
  // Nothing lies beside a chart that could be doubted: only covered texels count.
  const unfixed = dilate(doubtful, size, size, surrounding * texelUnit(size))
  const fixed = unfixed.map((value, i) => (coverage[i] && !value ? 1 : 0))
  for (let i = 0; i < fixed.length; i++) if (fixed[i]) source[i] = Evidence.own
  return { source, fixed, mirroredWeight }
}
