/** The initial complete texture: every texel that the photo does not show is filled. */

import { fromLog } from '../image/log-texture.ts'
import { padTexture } from '../image/pad.ts'
import { hiddenSide } from './hidden-side.ts'
import { poissonMirror } from './poisson-mirror.ts'
import { texelSources } from './texel-sources.ts'
import type { Unwrap } from './types.ts'

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

/**
 * Completes the texture: `fill (1 - weight) + sampled weight`, the fill solved in the gradient domain.
 * Takes under 1 s at 256 px.
 */
export function initialTexture(unwrap: Unwrap, options: { method: InitialMethod }): InitialTexture {
  const { size, coverage, sampled, weight } = unwrap
  const { log, gain } =
    options.method === 'mirror' ? { log: poissonMirror(unwrap), gain: null } : hiddenSide(unwrap)
  const complete = log.map((value, i) => {
    const w = weight[Math.floor(i / 3)]
    const blend = w > 0 ? Math.min(1, Math.max(0, fromLog(value))) * (1 - w) + sampled[i] * w : fromLog(value)
    return Math.min(1, Math.max(0, blend))
  })
  return { content: padTexture(complete, size, coverage), evidence: texelSources(unwrap).source, gain }
}
