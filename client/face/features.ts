/** Eyes, brows and lips in UV. */

import { fillPolygon } from '../image/polygon.ts'
import { mouthTexels } from './mouth-chart.ts'

/** Outlines as vertices of MediaPipe's face mesh, in order. Left and right as in the image. */
const outlines = [
  // Eyes
  [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
  [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
  // Brows: upper edge outwards in, lower edge back
  [70, 63, 105, 66, 107, 55, 65, 52, 53, 46],
  [300, 293, 334, 296, 336, 285, 295, 282, 283, 276],
  // Lips, outer contour
  [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185],
]

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
