import { eyes, meshLandmarks } from '../../face/contours.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import type { PointOffsets } from './person-shapes.ts'

/** Lids meet this far up from the lower one: share of the opening. */
const meeting = 0.12
/** Squinting closes at most this share of the opening. */
const mostSquint = 0.45
/** What lies further from the lids' edges than this is as the mean head has it: centimetres. */
const reach = 1

/** An eye's contour as pairs of an upper and a lower landmark, the corners first and last as pairs of themselves. */
export function lidPairs(eye: (typeof eyes)[number]): [upper: number, lower: number][] {
  const half = eye.length / 2
  return Array.from({ length: half + 1 }, (_, i) => [eye[(eye.length - i) % eye.length], eye[i]])
}

/**
 * Makes a blink close this person's eyes, round or narrow: the lids' edges meet, the skin around them follows.
 *
 * @param offsets its blinks are changed, and what squints too much
 * @param landmarks 468 x 3, centimetres
 */
export function closeLids(offsets: PointOffsets, landmarks: Float32Array): void {
  for (const [eye, side] of [
    [eyes[1], 'Left'],
    [eyes[0], 'Right'],
  ] as const) {
    const shape = offsets[`eyeBlink${side}`]
    const before = shape.slice(0, 3 * meshLandmarks)
    // How much is missing at the edge of the upper and of the lower lid.
    const missing = new Map<number, number[]>()
    const edges = lidPairs(eye).map(([upper, lower]) => {
      const need = [upper, lower].map((v) =>
        [0, 1, 2].map((c) => {
          const met =
            landmarks[3 * lower + c] + meeting * (landmarks[3 * upper + c] - landmarks[3 * lower + c])
          return met - landmarks[3 * v + c] - before[3 * v + c]
        }),
      )
      missing.set(upper, need[0]).set(lower, need[1])
      return { upper, lower }
    })
    for (let v = 0; v < meshLandmarks; v++) {
      const own = missing.get(v)
      const { nearest, distance } = own ? { nearest: v, distance: 0 } : nearestEdge(landmarks, v, edges)
      const share = 1 - smoothstep(0, reach, distance)
      if (share === 0) continue
      const need = missing.get(nearest)!
      for (let c = 0; c < 3; c++) shape[3 * v + c] += share * need[c]
    }
    const squint = offsets[`eyeSquint${side}`]
    const [open, closes] = [0, 1].map((k) =>
      lidPairs(eye).reduce((sum, [upper, lower]) => {
        const [from, to] = [upper, lower].map((v) => (k === 0 ? landmarks : squint)[3 * v + 1])
        return sum + from - to
      }, 0),
    )
    // Closed eyes have nothing to squint with.
    const share = Math.min(1, Math.max(0, mostSquint * open) / Math.max(1e-6, -closes))
    for (let i = 0; i < squint.length; i++) squint[i] *= share
  }
}

/** The lid whose edge is nearest: the upper's for what lies above. */
function nearestEdge(landmarks: Float32Array, v: number, edges: { upper: number; lower: number }[]) {
  let [nearest, distance] = [edges[0].upper, Number.POSITIVE_INFINITY]
  for (const { upper, lower } of edges) {
    const centre = (landmarks[3 * upper + 1] + landmarks[3 * lower + 1]) / 2
    const edge = landmarks[3 * v + 1] >= centre ? upper : lower
    const apart = Math.hypot(...[0, 1, 2].map((c) => landmarks[3 * v + c] - landmarks[3 * edge + c]))
    if (apart < distance) [nearest, distance] = [edge, apart]
  }
  return { nearest, distance }
}
