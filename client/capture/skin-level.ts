/** Skin where neither side shows anything. */

import { gaussianBlur } from '../image/blur.ts'

/** How far the skin's level is averaged, texels at 256 px. */
const reach = 16
/** What differs more than this from the fitted shading (log units) says nothing about the skin nearby. */
const tolerance = 0.35

/**
 * The shading, at the level that the skin around has. The border of what is known is often the border of hair or its
 * shadow: a membrane would carry that colour over all that lies beyond.
 *
 * @param log size x size x 3: the texture in the log domain, where it is known
 * @param known size x size, 0..1: skin whose colour counts
 * @param shading size x size x 3: fitted to the whole face, tells what is not plain skin
 * @param prior size x size x 3: the shading's course to continue
 * @returns size x size x 3; `shading` itself where nothing is known
 */
export function skinLevel(
  log: Float32Array,
  size: number,
  known: Float32Array,
  shading: Float32Array,
  prior: Float32Array,
): Float32Array {
  const trust = known.map((value, i) => {
    let difference = 0
    for (let c = 0; c < 3; c++) difference += (log[i * 3 + c] - shading[i * 3 + c]) / 3
    const step = Math.abs(difference) / tolerance
    return step < 1 ? value * (1 - step * step) ** 2 : 0
  })
  if (!trust.some((value) => value > 0)) return shading
  const level = gaussianBlur(
    log.map((value, k) => value - prior[k]),
    size,
    size,
    3,
    (reach * size) / 256,
    trust,
  )
  return level.map((value, k) => value + prior[k])
}
