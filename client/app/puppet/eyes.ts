/** What is told of the eyes by distances on them: how far they are closed, and where they look. */
import { eyes, irisLandmarks, meshLandmarks } from '../../face/contours.ts'
import type { ExpressionWeights } from '../../head/expressions/names.ts'

/** Of each eye, image left first, which is the person's right: its corners, and points of the lids one above the other. */
const lids = [
  { corners: [33, 133], upper: [160, 159, 158], lower: [144, 145, 153] },
  { corners: [263, 362], upper: [387, 386, 385], lower: [373, 374, 380] },
] as const

/** The network never sees a lid closed altogether: a closed eye has this share of its neutral opening. */
const closed = 0.3
/** Shares of the neutral opening that an open eye wanders by. */
const wandering = 0.15
/** Centimetres that an iris moves when an eye looks as far as `eyeLook...` goes, to a side, up and down. */
const farthest = { side: 0.5, up: 0.3 }

/** Centimetres that it seems to move where a head turns and its eyes stay. */
const unsure = 0.06

/** Height of each eye's opening over its width, image left first. @param points 468 x 3 or more, centimetres */
export function openings(points: Float32Array): [number, number] {
  const of = ({ corners, upper, lower }: (typeof lids)[number]) =>
    upper.reduce((sum, point, i) => sum + distance(points, point, lower[i]) / upper.length, 0) /
    distance(points, corners[0], corners[1])
  return [of(lids[0]), of(lids[1])]
}

/**
 * How far each eye is closed beside its neutral, 0..1, image left first.
 *
 * @param caution at least 1: the multiple by which an open eye wanders
 */
export function blinks(
  opening: readonly number[],
  neutral: readonly number[],
  caution = 1,
): [number, number] {
  const slack = Math.min(0.5, caution * wandering)
  const of = (eye: 0 | 1) => clamp((1 - opening[eye] / neutral[eye] - slack) / (1 - closed - slack))
  return [of(0), of(1)]
}

/** Where both eyes look on average: centimetres from the middle of their corners. @param points 478 x 3, centimetres */
export function gaze(points: Float32Array): { x: number; y: number } {
  const along = (axis: 0 | 1) =>
    eyes.reduce((sum, _, eye) => {
      const iris = points[3 * (meshLandmarks + irisLandmarks * eye) + axis]
      const [a, b] = lids[eye].corners
      return sum + (iris - (points[3 * a + axis] + points[3 * b + axis]) / 2) / 2
    }, 0)
  return { x: along(0), y: along(1) }
}

/** @param x to the image's right, which is the person's left; both beside the neutral, centimetres */
export function lookWeights(x: number, y: number): ExpressionWeights {
  const share = (moved: number, most: number) => clamp((moved - unsure) / (most - unsure))
  const [left, right] = [share(x, farthest.side), share(-x, farthest.side)]
  const [up, down] = [share(y, farthest.up), share(-y, farthest.up)]
  return {
    eyeLookOutLeft: left,
    eyeLookInRight: left,
    eyeLookOutRight: right,
    eyeLookInLeft: right,
    ...{ eyeLookUpLeft: up, eyeLookUpRight: up, eyeLookDownLeft: down, eyeLookDownRight: down },
  }
}

function distance(points: Float32Array, a: number, b: number): number {
  return Math.hypot(...[0, 1, 2].map((axis) => points[3 * a + axis] - points[3 * b + axis]))
}

const clamp = (value: number) => Math.max(0, Math.min(1, value))
