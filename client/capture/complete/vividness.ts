/** How much contrast and colour a photo shows of a face: what is invented must not have more. */

import type { Unwrap } from '../../face/types.ts'
import { quantile } from '../../image/statistics.ts'
import { countOf, maskWhere, texelsOf } from '../../image/texels.ts'

/**
 * What an ordinary photo shows of a face at least, log units: the step from its darkest to its brightest 2%, and the
 * distance from its middle chroma that nine tenths of it keep within. The least of 26 portraits, light skin and dark, in
 * good light and bad, were .53 and .086.
 */
const ordinary = { contrast: 0.5, chroma: 0.085 }
/** The same of skin without eyes, brows and lips: its contrast, and how far its middle chroma is from grey. */
const ordinarySkin = { contrast: 0.25, chroma: 0.12 }
/** Share of eyes, brows and lips that has to be seen for the face to be judged with them. */
const fewestFeatures = 0.1
/** Seen from this weight on; fewer texels than this share of the charts tell nothing. */
const seenFrom = 0.5
const fewest = 0.02

export interface Vividness {
  /** 0 (all alike) to 1 (as in an ordinary photo, or more). */
  contrast: number
  /** 0 (black and white) to 1, likewise. */
  chroma: number
}

/**
 * Judges all that the photo shows of the face: by how far eyes, brows and lips differ from skin, or by skin alone where
 * they are hidden. Where next to nothing is seen, an ordinary photo is assumed.
 *
 * @param log N x N x 3: the photo in the log domain
 */
export function vividness(
  { weight, coverage, features }: Pick<Unwrap, 'weight' | 'coverage' | 'features'>,
  log: Float32Array,
): Vividness {
  const seen = texelsOf(maskWhere(weight.length, (i) => weight[i] > seenFrom))
  const least = fewest * countOf(coverage)
  const luminance = new Float64Array(seen.length)
  const reds = new Float64Array(seen.length)
  const blues = new Float64Array(seen.length)
  let seenFeatures = 0
  for (let k = 0; k < seen.length; k++) {
    const [r, g, b] = [log[3 * seen[k]], log[3 * seen[k] + 1], log[3 * seen[k] + 2]]
    luminance[k] = (r + g + b) / 3
    reds[k] = r - g
    blues[k] = b - g
    if (features[seen[k]]) seenFeatures++
  }
  const [dark, bright] = [0.02, 0.98].map((share) => quantile(luminance, share, least))
  const [red, blue] = [reds, blues].map((values) => quantile(values, 0.5, least))
  if (dark === null || bright === null || red === null || blue === null) return { contrast: 1, chroma: 1 }
  const spread = reds.map((value, k) => Math.sqrt((value - red) ** 2 + (blues[k] - blue) ** 2))
  const withFeatures = seenFeatures >= fewestFeatures * countOf(features)
  const usual = withFeatures ? ordinary : ordinarySkin
  const colour = withFeatures ? (quantile(spread, 0.9, 1) ?? 0) : Math.hypot(red, blue)
  return {
    contrast: Math.min(1, (bright - dark) / usual.contrast),
    chroma: Math.min(1, colour / usual.chroma),
  }
}

/** Rec. 601: a black and white photo is mostly what green was. */
const luma = [0.299, 0.587, 0.114]

/**
 * Makes what is invented as strong as the photo is vivid.
 *
 * @param offsets N x N x 3, log units, added to skin
 * @returns N x N x 3, log units
 */
export function asVividAs({ contrast, chroma }: Vividness, offsets: Float32Array): Float32Array {
  const result = new Float32Array(offsets.length)
  const [ofRed, ofGreen, ofBlue] = luma
  for (let k = 0; k < offsets.length; k += 3) {
    const brightness = ofRed * offsets[k] + ofGreen * offsets[k + 1] + ofBlue * offsets[k + 2]
    for (let c = k; c < k + 3; c++)
      result[c] = contrast * brightness + Math.min(contrast, chroma) * (offsets[c] - brightness)
  }
  return result
}
