/** The inside of a mouth as it usually is, for where neither side of the photo shows it. */

import { mouthEllipse, mouthTexels } from '../../face/mouth-chart.ts'
import { draw, type Rgb, type Stroke, stroke } from '../../image/strokes.ts'

/** Gums, lips' inner side and tongue, all over the chart. Log units against skin, as all colours here. */
const flesh: Rgb = [-0.1, -0.3, -0.3]
/** Teeth: added to the level that skin has in red, in all three channels. Of six smiles five lie within .15 of this. */
const ivory: Rgb = [0.09, 0.01, -0.07]
/**
 * By how much skin is redder than green in most photos. A black and white photo does not show it, so there teeth are made
 * lighter by it.
 */
const redness = 0.28
/** The mouth's corners, on top of what lies there. */
const corner: Rgb = [-0.3, -0.4, -0.4]
/** Between closed lips, where a landmark's error leaves a gap: a line of shadow. */
const shadow: Rgb = [-0.7, -1.2, -1.15]
/** The middle between the front teeth, and how far gaps between teeth are from it, in u. */
const { u: middle, v: centre } = mouthEllipse
const gaps = [0, 0.03, 0.053, 0.074]
/** The gaps, on top of the teeth. */
const gap: Rgb = [-0.15, -0.25, -0.3]

/**
 * Draws a mouth's inside, by hand after the smiles of six portraits, in the mouth's chart (mouth-chart.ts).
 *
 * @param skin the skin's colour, 3 channels of the log domain: teeth are as white on dark skin as on light
 * @param opening size x size, 0..1: how far the lips are apart (mouth-opening.ts). Default: a smile
 * @param chroma 0 (black and white) to 1: how much colour the photo has (vividness.ts)
 * @returns size x size x 3, log units added to skin; 0 outside the chart
 */
export function usualMouth(
  size: number,
  skin: ArrayLike<number>,
  opening?: Float32Array,
  chroma = 1,
): Float32Array {
  const texture = new Float32Array(size * size * 3)
  const inside = mouthTexels(size)
  draw(texture, size, smile(skin, chroma), (x, y) => (inside[y * size + x] ? [y * size + x] : []))
  if (!opening) return texture
  return texture.map((value, k) => {
    const i = Math.floor(k / 3)
    return inside[i] ? opening[i] * value + (1 - opening[i]) * shadow[k % 3] : value
  })
}

function smile(skin: ArrayLike<number>, chroma: number): Stroke[] {
  const red = skin[0] + (1 - chroma) * Math.max(0, redness - (skin[0] - skin[1]))
  const [r, g, b] = [0, 1, 2].map((c) => red - skin[c] + ivory[c] - flesh[c])
  const [left, right] = [0.05, 2 * middle - 0.05]
  return [
    stroke([middle, centre], [0.3, 0.3], flesh, true),
    stroke([left, 0.917, middle, 0.92, right, 0.917], [0.02, 0.034], [r, g, b], true),
    ...[-0.1, 0.1].map((u) => stroke([middle + u, centre], [0.016, 0.04], corner)),
    ...[...gaps.map((u) => -u), ...gaps.slice(1)].map((u) =>
      stroke([middle + u, 0.905, middle + u, 0.94 - u * u], [0.0035, 0.012], gap),
    ),
  ]
}
