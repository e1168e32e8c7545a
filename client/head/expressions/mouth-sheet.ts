import { innerLips } from '../../face/contours.ts'
import { inMouthChart, mouthEllipse } from '../../face/mouth-chart.ts'
import type { Mesh } from '../../face/types.ts'
import { lipPairs } from './lips.ts'

/** What parts the lips by so much, centimetres, opens the mouth. */
const parts = 0.2
/** What the photo shows between the lips goes back so far for each centimetre that they part, and at most: centimetres. */
const [perOpening, most] = [12, 6]
/** The middle of the upper lip, which what is between the lips goes along with. */
const upper = innerLips.slice(3, 8)

/**
 * What the photo shows between the lips: teeth, or nothing much. It stretches with the lips unless the mouth opens: then it
 * withdraws behind the usual teeth.
 *
 * @param face of `faceMesh`
 */
export function mouthSheet({ uv }: Pick<Mesh, 'uv'>): {
  vertices: number[]
  retract(offsets: Float32Array, points: Float32Array): void
} {
  const vertices: number[] = []
  for (let v = 0; 2 * v < uv.length; v++) if (inChart(uv, v)) vertices.push(v)
  return {
    vertices,
    retract(offsets, points) {
      const parting = opening(points)
      if (parting < parts) return
      const along = [0, 1, 2].map((c) => upper.reduce((sum, v) => sum + points[3 * v + c], 0) / upper.length)
      along[2] -= Math.min(most, perOpening * parting)
      for (const v of vertices) offsets.set(along, 3 * v)
    },
  }
}

/** By how much an expression parts the lips, where it does most: centimetres. */
export function opening(points: Float32Array): number {
  return Math.max(...lipPairs.map(([up, low]) => points[3 * up + 1] - points[3 * low + 1]))
}

/** The chart's rim lies on its ellipse, give or take a rounding. */
function inChart(uv: Float32Array, v: number): boolean {
  const towards = 0.999
  const inwards = (value: number, centre: number) => centre + towards * (value - centre)
  return inMouthChart(inwards(uv[2 * v], mouthEllipse.u), inwards(uv[2 * v + 1], mouthEllipse.v))
}
