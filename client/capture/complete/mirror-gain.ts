import { texelUnit } from '../../face/texel-unit.ts'
import type { Unwrap } from '../../face/types.ts'
import { gaussianBlur } from '../../image/blur.ts'
import { mirrorTexture } from '../../image/log-texture.ts'

/** Blur (texels at 256 px) that separates shading from detail. */
const shadingSigma = 6
/** Expected error of a low-frequency prediction, log units, and the gain that is assumed without evidence. */
const expectedError = 0.12
const usualGain = 0.3

/** Images of the log domain, N x N x 3, that the gain is learnt from. */
export interface GainEvidence {
  /** What the photo shows. */
  log: Float32Array
  /** Its mirror image. */
  mirror: Float32Array
  /** The texture as the better seen half alone would have it. */
  held: Float32Array
}

/**
 * How far the hidden side's low frequencies should follow the mirror. Over the part of the far half that the photo does show,
 * what it really is is regressed on what the mirror says, both against the texture computed from the near half alone; the
 * result is shrunk towards {@link usualGain}.
 *
 * @param mirroredWeight N x N, 0..1: weight of each texel's mirror image
 * @param near N x N, 1 on the half that the photo shows more of
 * @param features N x N, 1 around eyes, brows and lips, which are not compared
 * @returns 0..1
 */
export function mirrorGain(
  { size, weight }: Pick<Unwrap, 'size' | 'weight'>,
  mirroredWeight: Float32Array,
  near: Uint8Array,
  features: Uint8Array,
  { log, mirror, held }: GainEvidence,
): number {
  const mirroredFeatures = mirrorTexture(features, size, 1)
  const strip = new Float32Array(weight.length)
  for (let i = 0; i < strip.length; i++)
    if (!near[i] && weight[i] > 0.5 && mirroredWeight[i] > 0.5 && !features[i] && !mirroredFeatures[i])
      strip[i] = 1
  const lowFrequencies = (image: Float32Array) => {
    const difference = new Float32Array(image.length)
    for (let i = 0; i < strip.length; i++)
      if (strip[i]) for (let k = 3 * i; k < 3 * i + 3; k++) difference[k] = image[k] - held[k]
    return gaussianBlur(difference, size, size, 3, shadingSigma * texelUnit(size), strip, strip)
  }
  const predicted = lowFrequencies(mirror)
  const found = lowFrequencies(log)
  let product = 0
  let square = 0
  let count = 0
  for (let i = 0; i < strip.length; i++) {
    if (!strip[i]) continue
    for (let k = 3 * i; k < 3 * i + 3; k++) {
      product += predicted[k] * found[k]
      square += predicted[k] * predicted[k]
    }
    count += 3
  }
  const shrinkage = Math.max(count, 1) * expectedError * expectedError
  return Math.min(1, Math.max(0, (product + shrinkage * usualGain) / (square + shrinkage)))
}
