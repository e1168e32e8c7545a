import type { Unwrap } from '../../client/face/types.ts'
import { mirrorTexture } from '../../client/image/log-texture.ts'
import type { TextureRegion, Truth } from './types.ts'

const shown = 0.5
const hidden = 0.1
/** Share of the charts: what is scored on fewer texels is chance. */
const least = 0.005

/**
 * Where a result is scored, see types.ts.
 *
 * @param unwrap what the pipeline got to see
 * @param known N x N, 1 where the truth is a real pixel
 */
export function regionsOf(
  { size, coverage, weight, symmetric }: Pick<Unwrap, 'size' | 'coverage' | 'weight' | 'symmetric'>,
  known: Uint8Array,
): Truth['regions'] {
  const mirrored = symmetric ? mirrorTexture(weight, size, 1) : new Float32Array(weight.length)
  const pick = (of: (i: number) => boolean) =>
    coverage.map((inside, i) => (inside && known[i] && of(i) ? 1 : 0))
  const all: Record<TextureRegion, Uint8Array> = {
    whole: pick(() => true),
    visible: pick((i) => weight[i] > shown),
    invisible: pick((i) => weight[i] < hidden),
    // Without a mirror image it is what is invisible.
    unseen: pick((i) => symmetric && weight[i] < hidden && mirrored[i] < hidden),
  }
  const count = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0)
  const enough = least * count(coverage)
  const present = Object.entries(all).filter(([, mask]) => count(mask) > enough)
  return Object.fromEntries(present)
}
