import type { HairStyle } from './hair-style.ts'
import type { HeadPoints } from './head-points.ts'

/** How hair hangs on a head: the same for everybody. */
export interface HairBinding {
  /** V x 24 points of the head, of each vertex the nearest first. */
  neighbours: Uint32Array
  /** V x 24, at least 0; those of a vertex add up to 1. */
  weights: Float32Array
  /** V: how far each vertex lies before the plane of its nearest point, centimetres, negative behind it. */
  clearance: Float32Array
}

/** Points that each vertex follows. */
export const neighbourCount = 24
/** The weights are as wide as this share of the nearest point's distance, and at least as that many centimetres. */
const [widthShare, leastWidth] = [0.7, 1]

/** @param mean points of the head that the style was made for */
export function bindHair({ positions }: Pick<HairStyle, 'positions'>, mean: HeadPoints): HairBinding {
  const count = positions.length / 3
  const neighbours = new Uint32Array(count * neighbourCount)
  const weights = new Float32Array(count * neighbourCount)
  const clearance = new Float32Array(count)
  const distances = new Float64Array(neighbourCount)
  const points = byHeight(mean.positions)
  let guess = Uint32Array.from({ length: neighbourCount }, (_, k) => k)
  for (let v = 0; v < count; v++) {
    const place = positions.subarray(3 * v, 3 * v + 3)
    const nearest = neighbours.subarray(v * neighbourCount, (v + 1) * neighbourCount)
    findNearest(place, points, guess, nearest, distances)
    weights.set(weightsOf(distances), v * neighbourCount)
    clearance[v] = distanceBefore(place, mean, nearest[0])
    guess = nearest
  }
  return { neighbours, weights, clearance }
}

/** `exp(-(d / width)^2) (1 - (d / farthest)^4)`, normalised. @param distances in ascending order */
function weightsOf(distances: Float64Array): Float64Array {
  const width = Math.max(leastWidth, widthShare * distances[0])
  // A little more, lest all points at one distance have no weight.
  const farthest = distances[neighbourCount - 1] * (1 + 1e-6)
  // Less the nearest one's exponent, which normalising takes out again: it could make all of them vanish.
  const weights = new Float64Array(neighbourCount)
  let sum = 0
  for (let k = 0; k < neighbourCount; k++) {
    const d = distances[k]
    weights[k] = Math.exp((distances[0] ** 2 - d ** 2) / width ** 2) * (1 - (d / farthest) ** 4)
    sum += weights[k]
  }
  for (let k = 0; k < neighbourCount; k++) weights[k] /= sum
  return weights
}

/** How far a place lies before the plane of a point. */
export function distanceBefore(
  [x, y, z]: Float32Array,
  { positions, normals }: HeadPoints,
  point: number,
): number {
  const k = 3 * point
  return (
    (x - positions[k]) * normals[k] +
    (y - positions[k + 1]) * normals[k + 1] +
    (z - positions[k + 2]) * normals[k + 2]
  )
}

/** Points in ascending order of height (y). */
interface PointsByHeight {
  /** P x 3, in their own order. */
  positions: Float32Array
  /** P: which one is the k-th. */
  order: Uint32Array
  /** P: the k-th one's. */
  heights: Float32Array
}

function byHeight(positions: Float32Array): PointsByHeight {
  const order = Uint32Array.from({ length: positions.length / 3 }, (_, point) => point)
  order.sort((a, b) => positions[3 * a + 1] - positions[3 * b + 1])
  return { positions, order, heights: Float32Array.from(order, (point) => positions[3 * point + 1]) }
}

/**
 * Fills `nearest` and `distances` in ascending order, of points at one distance the first one first.
 *
 * @param guess as many points as are looked for, all different: the nearest of somewhere close by are best
 */
function findNearest(
  place: Float32Array,
  { positions, order, heights }: PointsByHeight,
  guess: Uint32Array,
  nearest: Uint32Array,
  distances: Float64Array,
): void {
  const [x, y, z] = [place[0], place[1], place[2]]
  // None that is wanted lies further away than all of the guess, so that most points are not looked at.
  let reach = 0
  for (const point of guess) reach = Math.max(reach, squaredDistance(positions, point, x, y, z))
  distances.fill(reach * (1 + 1e-9))
  nearest.fill(order.length)
  const last = nearest.length - 1
  const height = Math.sqrt(distances[last])
  for (let at = firstFrom(heights, y - height); at < order.length && heights[at] <= y + height; at++) {
    const point = order[at]
    const squared = squaredDistance(positions, point, x, y, z)
    if (!isBefore(squared, point, distances[last], nearest[last])) continue
    let k = last
    for (; k > 0 && isBefore(squared, point, distances[k - 1], nearest[k - 1]); k--) {
      distances[k] = distances[k - 1]
      nearest[k] = nearest[k - 1]
    }
    distances[k] = squared
    nearest[k] = point
  }
  for (let k = 0; k <= last; k++) distances[k] = Math.sqrt(distances[k])
}

const isBefore = (squared: number, point: number, otherSquared: number, other: number) =>
  squared < otherSquared || (squared === otherSquared && point < other)

/** Index of the first number from `least` on. @param ascending numbers */
function firstFrom(ascending: Float32Array, least: number): number {
  let [from, to] = [0, ascending.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (ascending[middle] < least) from = middle + 1
    else to = middle
  }
  return from
}

/** Between a point and x, y, z. */
function squaredDistance(points: Float32Array, point: number, x: number, y: number, z: number): number {
  const dx = points[3 * point] - x
  const dy = points[3 * point + 1] - y
  const dz = points[3 * point + 2] - z
  return dx * dx + dy * dy + dz * dz
}
