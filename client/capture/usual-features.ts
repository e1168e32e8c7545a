/**
 * Eyes, brows, nose and mouth of a face in general: where neither side of the photo shows them (behind sunglasses, a hand),
 * smooth skin would be no face.
 */

import { inMouthChart } from './mouth-chart.ts'

type Point = readonly [u: number, v: number]
type Rgb = readonly [r: number, g: number, b: number]

/** A soft line or spot of colour in the UV layout of the face mesh. */
interface Stroke {
  along: readonly Point[]
  /** Half the width, in u and in v, at which a soft stroke's strength is 1/e. */
  radius: readonly [u: number, v: number]
  /** Log units, added to the skin's. */
  colour: Rgb
  /** Even strength up to near the radius, then a steep fall. */
  flat?: boolean
}

/**
 * On the image-left half; the right half is its mirror image. Lines were drawn by hand over the mean of ten portraits'
 * offsets from their skin, colours fitted to these by least squares. Fitted to five of the portraits they come out alike
 * for the others (iris -.8 and -1.1, lashes -.5 and -.4, lips' red against green +.2 and +.1).
 */
const face: readonly Stroke[] = [
  // Brow
  stroke(
    [0.258, 0.306, 0.29, 0.288, 0.335, 0.278, 0.38, 0.28, 0.415, 0.284],
    [0.026, 0.019],
    [-0.37, -0.37, -0.32],
  ),
  stroke([0.385, 0.286, 0.415, 0.287], [0.03, 0.02], [-0.22, -0.28, -0.31]),
  // Shadow beside the nose; upper lashes; white of the eye; iris; lower lid; inner and outer corner
  stroke([0.445, 0.31, 0.45, 0.36], [0.034, 0.034], [-0.09, -0.13, -0.16]),
  stroke(
    [0.258, 0.391, 0.3, 0.37, 0.345, 0.36, 0.385, 0.369, 0.41, 0.387],
    [0.018, 0.01],
    [-0.46, -0.51, -0.48],
    true,
  ),
  stroke([0.31, 0.386, 0.385, 0.388], [0.03, 0.02], [-0.22, -0.21, -0.16], true),
  stroke([0.347, 0.38], [0.027, 0.023], [-0.96, -0.91, -0.85], true),
  stroke([0.275, 0.398, 0.315, 0.411, 0.36, 0.413, 0.4, 0.405], [0.018, 0.01], [-0.08, -0.1, -0.09], true),
  stroke([0.415, 0.396], [0.016, 0.014], [0.02, -0.04, -0.07], true),
  stroke([0.255, 0.39, 0.27, 0.386], [0.02, 0.01], [-0.04, -0.1, -0.15], true),
  // Nostril; shadow below the nose; its wing; the furrow down to the lip; the fold from wing to mouth
  stroke([0.45, 0.568, 0.466, 0.566], [0.014, 0.01], [-0.33, -0.44, -0.45], true),
  stroke([0.44, 0.585, 0.47, 0.593, 0.5, 0.605], [0.03, 0.016], [-0.24, -0.3, -0.3]),
  stroke([0.42, 0.51, 0.408, 0.54, 0.425, 0.575], [0.016, 0.022], [-0.02, -0.09, -0.13]),
  stroke([0.5, 0.61, 0.5, 0.65], [0.016, 0.02], [0.1, 0.12, 0.17]),
  stroke([0.395, 0.58, 0.36, 0.63, 0.345, 0.665], [0.03, 0.03], [-0.06, -0.08, -0.08]),
  // Upper lip; lower lip; corner; the line between; shadow below
  stroke([0.4, 0.697, 0.45, 0.68, 0.5, 0.682], [0.02, 0.012], [-0.01, -0.14, -0.07], true),
  stroke([0.42, 0.711, 0.46, 0.722, 0.5, 0.724], [0.034, 0.02], [0, -0.15, -0.04], true),
  stroke([0.39, 0.698, 0.41, 0.702], [0.018, 0.015], [-0.47, -0.47, -0.56], true),
  stroke([0.41, 0.697, 0.45, 0.692, 0.5, 0.69], [0.012, 0.007], [-0.22, -0.32, -0.33]),
  stroke([0.45, 0.768, 0.5, 0.774], [0.05, 0.024], [-0.05, -0.07, -0.07]),
]

/** In the mouth's chart: gums, teeth. Half as light as in the portraits, where all who showed teeth smiled into a lamp. */
const mouth: readonly Stroke[] = [
  stroke([0.126, 0.926], [0.11, 0.058], [0.02, -0.26, -0.12], true),
  stroke([0.085, 0.93, 0.165, 0.93], [0.05, 0.034], [0.17, 0.4, 0.39]),
]

/**
 * What features add to plain skin in the face mesh's layout.
 *
 * How strong the seen part of a feature is was tried as a guide to the rest, and told nothing: a brow never lies quite where
 * the usual one does.
 *
 * @returns size x size x 3, log units
 */
export function usualFeatures(size: number): Float32Array {
  const offset = new Float32Array(size * size * 3)
  for (let i = 0; i < size * size; i++) {
    const u = ((i % size) + 0.5) / size
    const v = (Math.floor(i / size) + 0.5) / size
    const isMouth = inMouthChart(u, v)
    const at: Point = [isMouth ? u : Math.min(u, 1 - u), v]
    for (const drawn of isMouth ? mouth : face) {
      const strength = strengthAt(drawn, at)
      for (let c = 0; c < 3; c++) offset[3 * i + c] += strength * drawn.colour[c]
    }
  }
  return offset
}

/** 1 on the line, falling to 0 around it. */
function strengthAt({ along, radius, flat }: Stroke, [u, v]: Point): number {
  let nearest = Number.POSITIVE_INFINITY
  for (let k = 0; k < Math.max(1, along.length - 1); k++) {
    const [start, end] = [along[k], along[Math.min(k + 1, along.length - 1)]]
    const [x, y] = [(u - start[0]) / radius[0], (v - start[1]) / radius[1]]
    const [dx, dy] = [(end[0] - start[0]) / radius[0], (end[1] - start[1]) / radius[1]]
    const share = Math.min(1, Math.max(0, (x * dx + y * dy) / (dx * dx + dy * dy || 1)))
    nearest = Math.min(nearest, Math.hypot(x - share * dx, y - share * dy))
  }
  return Math.exp(-(nearest ** (flat ? 4 : 2)))
}

/** @param line u, v, u, v, ... */
function stroke(line: readonly number[], radius: Stroke['radius'], colour: Rgb, flat = false): Stroke {
  const along = line.flatMap((u, k): Point[] => (k % 2 ? [] : [[u, line[k + 1]]]))
  return { along, radius, colour, flat }
}
