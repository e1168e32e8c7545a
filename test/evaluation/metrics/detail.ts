/** Is invented skin as rough as seen skin? */

import type { Capture } from '../../../client/face/types.ts'
import { gaussianBlur } from '../../../client/image/blur.ts'
import { toLog } from '../../../client/image/log-texture.ts'
import { dilate, erode } from '../../../client/image/morphology.ts'
import { median } from '../../../client/image/statistics.ts'
import { texelsOf } from '../../../client/image/texels.ts'

/** What is finer than this blur (texels at 256 px) is detail. */
const finest = 2
/** Texels at 256 px left out around eyes, brows and lips, and at the border between seen and invented. */
const featureEdge = 5
const border = 3
/** Weight from which on the photo shows a texel. */
const seenFrom = 0.6
/** Fewer texels than this share of the texture tell nothing. */
const fewest = 0.002

/**
 * Median size of fine detail on skin that neither side of the photo shows over that on skin that it shows; logarithms make
 * it independent of the light.
 *
 * @param texture size x size x 3, 0..1
 * @returns 1: alike; more: invented skin is rougher; null where either part is next to nothing
 */
export function inventedDetail(
  texture: Float32Array,
  {
    size,
    coverage,
    weight,
    features,
    evidence,
    covered,
  }: Pick<Capture, 'size' | 'coverage' | 'weight' | 'features' | 'evidence' | 'covered'>,
): number | null {
  const unit = size / 256
  const log = toLog(texture)
  const inside = Float32Array.from(coverage)
  const smooth = gaussianBlur(log, size, size, 3, finest * unit, inside)
  const feature = dilate(features, size, size, featureEdge * unit)
  const typical = (isPart: (i: number) => boolean) => {
    const part = Uint8Array.from(coverage, (isInside, i) => (isInside && isPart(i) ? 1 : 0))
    const texels = texelsOf(erode(part, size, size, border * unit)).filter((i) => !feature[i])
    const sizes = texels.map((i) => Math.hypot(...[0, 1, 2].map((c) => log[3 * i + c] - smooth[3 * i + c])))
    return median(sizes, fewest * size * size)
  }
  const seen = typical((i) => weight[i] > seenFrom && !covered?.[i])
  const invented = typical((i) => evidence[i] === 0 && weight[i] < 0.1)
  return seen && invented !== null ? invented / seen : null
}
