/** Eyes, brows and lips in UV: what no skin is learnt from, and what stays as it is where nothing shows it. */

import { fillPolygon } from '../image/polygon.ts'
import { brows, eyes, outerLips } from './contours.ts'
import { mouthTexels } from './mouth-chart.ts'

const outlines = [...eyes, ...brows, outerLips]

/**
 * @param uv at least 468 x 2, origin top-left, MediaPipe's vertex order
 * @returns size x size, 1 on eyes, brows, lips and in the mouth's chart, else 0.
 */
export function featureMask(uv: Float32Array, size: number): Uint8Array {
  const mask = mouthTexels(size)
  for (const outline of outlines)
    fillPolygon(
      outline.map((vertex) => [uv[2 * vertex] * size, uv[2 * vertex + 1] * size]),
      mask,
      size,
    )
  return mask
}
