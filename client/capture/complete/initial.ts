/** The initial complete texture: every texel that the photo does not show is filled. */

import { Evidence } from '../../face/evidence.ts'
import type { Unwrap } from '../../face/types.ts'
import { fromLog, logOf } from '../../image/log-texture.ts'
import { padTexture } from '../../image/pad.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { texelSources } from '../unwrap/texel-sources.ts'
import { hiddenSide } from './hidden-side.ts'
import { poissonMirror } from './poisson-mirror.ts'

/** `hidden-side`: detail mirrored, shading by a prior (hidden-side.ts). `mirror`: the plain Poisson-mirror, for comparison. */
export type InitialMethod = 'hidden-side' | 'mirror'

export interface InitialTexture {
  /** N x N x 3, sRGB-encoded, 0..1, padded beyond the charts. Equals `sampled` where `weight` is 1. */
  content: Float32Array
  /** N x N, Evidence of each texel: own, mirrored or none (also outside the charts). */
  evidence: Uint8Array
  /** 0..1: how far the hidden side's low frequencies follow the mirror; null where that was not measured. */
  gain: number | null
}

/** Log units by which a doubtful texel differs from its fill: up to `from` it counts in full, beyond `to` not at all. */
const disagreement = { from: 0.15, to: 0.45 }
/** Weight: up to `from` a texel is doubtful, beyond `to` it is not. */
const doubtful = { from: 0.6, to: 0.9 }

/**
 * Completes the texture: `fill (1 - weight) + sampled weight`, the fill solved in the gradient domain. Under 1 s at
 * 256 px.
 *
 * A layout without symmetry has no other side to learn from: it gets the membrane of poisson-mirror.ts whatever the method
 * (on a scanned head turned by 35 degrees, 5.6 dB better than the shading's course alone).
 *
 * A grazing texel that differs from what the better seen mirror image says shows the background or hair behind the face's
 * outline: its weight is taken down.
 */
export function initialTexture(unwrap: Unwrap, options: { method: InitialMethod }): InitialTexture {
  const { size, coverage, sampled, weight } = unwrap
  const sources = texelSources(unwrap)
  const { log, gain } =
    options.method === 'mirror' || !unwrap.symmetric
      ? { log: poissonMirror(unwrap, sources), gain: null }
      : hiddenSide(unwrap, sources)
  const evidence = sources.source
  const complete = new Float32Array(log.length)
  for (let i = 0; i < weight.length; i++) {
    if (!coverage[i]) continue
    let w = weight[i]
    if (evidence[i] === Evidence.mirrored && w > 0) {
      let difference = 0
      for (let k = i * 3; k < i * 3 + 3; k++)
        difference = Math.max(difference, Math.abs(log[k] - logOf(sampled[k])))
      const doubt = 1 - smoothstep(doubtful.from, doubtful.to, w)
      w *= 1 - doubt * smoothstep(disagreement.from, disagreement.to, difference)
    }
    for (let k = i * 3; k < i * 3 + 3; k++)
      complete[k] =
        w === 1 ? sampled[k] : Math.min(1, Math.max(0, fromLog(log[k]))) * (1 - w) + sampled[k] * w
  }
  return { content: padTexture(complete, size, coverage), evidence, gain }
}
