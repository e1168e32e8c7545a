import { innerLips, meshLandmarks } from '../../face/contours.ts'
import { smoothstep } from '../../image/smoothstep.ts'

/** The lower lip goes this share of the way, and the skin around comes along as far as this: centimetres. */
const closing = { lower: 0.85, reach: 2.2 }
/** How far along the lips skin follows: centimetres. */
const along = 0.5

const half = innerLips.length / 2

/** The inner lips' contour as pairs of an upper and a lower landmark, without the corners. */
export const lipPairs = Array.from(
  { length: half - 1 },
  (_, i) => [innerLips[i + 1], innerLips[innerLips.length - i - 1]] as [upper: number, lower: number],
)

/**
 * What brings lips together, the skin around them along.
 *
 * @param landmarks 468 x 3, centimetres: parted lips
 * @returns 468 x 3
 */
export function closedLips(landmarks: Float32Array): Float32Array {
  const offsets = new Map<number, number[]>([innerLips[0], innerLips[half]].map((v) => [v, [0, 0, 0]]))
  for (const [upper, lower] of lipPairs) {
    const gap = [0, 1, 2].map((c) => landmarks[3 * lower + c] - landmarks[3 * upper + c])
    offsets.set(
      upper,
      gap.map((value) => (1 - closing.lower) * value),
    )
    offsets.set(
      lower,
      gap.map((value) => -closing.lower * value),
    )
  }
  const edges = [innerLips.slice(0, half + 1), [...innerLips.slice(half), innerLips[0]]]
  const result = new Float32Array(3 * meshLandmarks)
  for (let v = 0; v < meshLandmarks; v++) {
    const own = offsets.get(v)
    if (own) {
      result.set(own, 3 * v)
      continue
    }
    const [up, low] = edges.map((edge) => Math.min(...edge.map((e) => distance(landmarks, v, e))))
    const share = 1 - smoothstep(0, closing.reach, Math.min(up, low))
    if (share === 0) continue
    const edge = edges[up < low ? 0 : 1]
    const weights = edge.map((e) => Math.exp(-(((landmarks[3 * e] - landmarks[3 * v]) / along) ** 2)) + 1e-9)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    for (let c = 0; c < 3; c++)
      result[3 * v + c] =
        share * edge.reduce((sum, e, i) => sum + (weights[i] / total) * offsets.get(e)![c], 0)
  }
  return result
}

function distance(landmarks: Float32Array, a: number, b: number): number {
  return Math.hypot(...[0, 1, 2].map((c) => landmarks[3 * a + c] - landmarks[3 * b + c]))
}
