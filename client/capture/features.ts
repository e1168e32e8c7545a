/** Eyes, brows and lips in UV. */

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

/** Sets the pixels of a size x size mask whose centres lie inside, by the even-odd rule. */
export function fillPolygon(corners: number[][], mask: Uint8Array, size: number) {
  for (let row = 0; row < size; row++) {
    const y = row + 0.5
    const crossings: number[] = []
    corners.forEach(([ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length]
      if (ay <= y !== by <= y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
    })
    crossings.sort((a, b) => a - b)
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k] - 0.5))
      const to = Math.min(size - 1, Math.ceil(crossings[k + 1] - 0.5) - 1)
      for (let x = from; x <= to; x++) mask[row * size + x] = 1
    }
  }
}
