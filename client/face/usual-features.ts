/**
 * Eyes, brows, nose and lips as they usually are, for where neither side of the photo shows them (behind sunglasses, a
 * hand): smooth skin would be no face.
 */

import { draw, type Stroke, stroke } from '../image/strokes.ts'
import { mouthTexels } from './mouth-chart.ts'

/**
 * On the image-left half; the right half is its mirror image. First drawn by hand; then places, widths and colours were
 * fitted to the mean of ten portraits' offsets from their skin (test/evaluation/decisions/usual-features.md) and moved up
 * for the landmark network of today.
 */
const face: readonly Stroke[] = [
  // Brow, and the shadows below
  stroke(
    [0.257, 0.303, 0.294, 0.284, 0.323, 0.277, 0.355, 0.283, 0.405, 0.277],
    [0.03, 0.018],
    [-0.37, -0.39, -0.34],
  ),
  stroke([0.377, 0.307, 0.387, 0.275], [0.037, 0.015], [-0.26, -0.3, -0.29]),
  stroke([0.427, 0.309, 0.432, 0.355], [0.054, 0.047], [-0.29, -0.39, -0.46]),
  stroke([0.375, 0.362, 0.442, 0.279, 0.5, 0.354], [0.06, 0.06], [0.16, 0.22, 0.25]),
  // Lashes, white, iris, pupil, lower lid, corners
  stroke(
    [0.276, 0.381, 0.29, 0.368, 0.335, 0.357, 0.38, 0.361, 0.41, 0.385],
    [0.013, 0.006],
    [-0.36, -0.45, -0.46],
    true,
  ),
  stroke([0.299, 0.382, 0.32, 0.383], [0.014, 0.031], [-0.29, -0.3, -0.25], true),
  stroke([0.365, 0.393, 0.367, 0.367], [0.045, 0.016], [-0.31, -0.33, -0.28], true),
  stroke([0.347, 0.374], [0.031, 0.023], [-0.8, -0.7, -0.64], true),
  stroke([0.343, 0.391], [0.019, 0.02], [-0.35, -0.5, -0.56]),
  stroke([0.288, 0.397, 0.3, 0.405, 0.373, 0.403, 0.388, 0.369], [0.012, 0.006], [0.16, 0.21, 0.23]),
  stroke([0.3, 0.429, 0.32, 0.441, 0.385, 0.414], [0.027, 0.011], [-0.17, -0.24, -0.23]),
  stroke([0.41, 0.395], [0.011, 0.006], [-0.18, -0.26, -0.27]),
  stroke([0.263, 0.385, 0.276, 0.383], [0.023, 0.025], [-0.39, -0.46, -0.49]),
  // Nostril, shadow below the nose, furrow, wing, fold
  stroke([0.454, 0.569, 0.473, 0.546], [0.014, 0.006], [-0.22, -0.29, -0.28]),
  stroke([0.464, 0.578, 0.476, 0.58, 0.482, 0.603], [0.043, 0.021], [-0.32, -0.37, -0.38]),
  stroke([0.299, 0.487, 0.499, 0.644], [0.06, 0.06], [0.13, 0.16, 0.19]),
  stroke([0.416, 0.513, 0.391, 0.529, 0.446, 0.579], [0.025, 0.022], [-0.14, -0.23, -0.28]),
  stroke([0.397, 0.54, 0.349, 0.643, 0.369, 0.672], [0.03, 0.008], [-0.14, -0.18, -0.2]),
  // Lips, their corner, the line between, the shadow below
  stroke([0.407, 0.692, 0.458, 0.675, 0.484, 0.674], [0.024, 0.017], [-0.18, -0.33, -0.28], true),
  stroke([0.441, 0.7, 0.452, 0.706, 0.486, 0.704], [0.023, 0.02], [0.2, 0.07, 0.2], true),
  stroke([0.381, 0.686, 0.449, 0.715], [0.02, 0.011], [-0.27, -0.32, -0.33]),
  stroke([0.404, 0.692, 0.443, 0.695, 0.5, 0.694], [0.015, 0.008], [-0.31, -0.35, -0.42]),
  stroke([0.458, 0.751, 0.5, 0.758], [0.028, 0.018], [-0.1, -0.15, -0.14]),
]

/**
 * What features add to plain skin in the face mesh's layout, but for the inside of the mouth (usual-mouth.ts).
 *
 * They are not made as strong as the seen part of a feature is: a brow never lies quite where the usual one does, so that
 * was no gain.
 *
 * @returns size x size x 3, log units
 */
export function usualFeatures(size: number): Float32Array {
  const texture = new Float32Array(size * size * 3)
  const inMouth = mouthTexels(size)
  draw(texture, size, face, (x, y) =>
    x < size / 2 && !inMouth[y * size + x] ? [y * size + x, y * size + size - 1 - x] : [],
  )
  return texture
}
