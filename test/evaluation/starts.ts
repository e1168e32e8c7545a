/** The initial textures that methods begin with. */

import type { Capture } from '../../client/face/types.ts'
import { gaussianBlur } from '../../client/image/blur.ts'
import { padTexture } from '../../client/image/pad.ts'

/** An initial texture from elsewhere; `content` is null for the capture's own. */
export interface Start {
  name: 'ours' | 'generator-like' | 'external'
  content: Float32Array | null
}

/** Sigma, texels at 256 px: a generator's textures are smoother than skin. */
const softness = 2

/**
 * What a texture generator gives: the whole face, well lit, over-smooth and not quite this person. Made of another person's
 * complete texture, its colours matched to what the photo shows (mean and deviation a channel) and blurred.
 *
 * @param donor N x N x 3, another person's complete texture in the same layout
 */
export function generatorLike(
  donor: Float32Array,
  { size, sampled, weight, coverage }: Capture,
): Float32Array {
  const seen = (i: number) => (weight[i] > 0.5 ? 1 : 0)
  const matched = new Float32Array(donor.length)
  for (let c = 0; c < 3; c++) {
    const to = moments(sampled, c, seen)
    const from = moments(donor, c, (i) => coverage[i])
    for (let k = c; k < donor.length; k += 3)
      matched[k] = Math.min(
        1,
        Math.max(0, to.mean + ((donor[k] - from.mean) * to.deviation) / from.deviation),
      )
  }
  const soft = gaussianBlur(matched, size, size, 3, (softness * size) / 256, Float32Array.from(coverage))
  return padTexture(soft, size, coverage)
}

function moments(image: Float32Array, channel: number, use: (texel: number) => number) {
  let [count, sum, squares] = [0, 0, 0]
  for (let i = 0; i < image.length / 3; i++) {
    if (!use(i)) continue
    const value = image[3 * i + channel]
    count++
    sum += value
    squares += value * value
  }
  const mean = count ? sum / count : 0.5
  const variance = count ? squares / count - mean * mean : 0
  return { mean, deviation: Math.sqrt(Math.max(variance, 1e-6)) }
}
