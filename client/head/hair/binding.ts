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
  let guess = Uint32Array.from({ length: neighbourCount }, (_, k) => k)
  for (let v = 0; v < count; v++) {
    const place = positions.subarray(3 * v, 3 * v + 3)
    const nearest = neighbours.subarray(v * neighbourCount, (v + 1) * neighbourCount)
    findNearest(place, mean.positions, guess, nearest, distances)
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
  const weights = distances.map(
    (d) => Math.exp((distances[0] ** 2 - d ** 2) / width ** 2) * (1 - (d / farthest) ** 4),
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
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

/**
 * Fills `nearest` and `distances` in ascending order by looking at all points: at 2,000 that is as fast as need be.
 *
 * @param guess as many points as are looked for, all different: the nearest of somewhere close by are best
 */
function findNearest(
  place: Float32Array,
  points: Float32Array,
  guess: Uint32Array,
  nearest: Uint32Array,
  distances: Float64Array,
): void {
  const [x, y, z] = [place[0], place[1], place[2]]
  // None that is wanted lies further away than all of the guess, so that most points are not sorted in at all.
  let reach = 0
  for (const point of guess) reach = Math.max(reach, squaredDistance(points, point, x, y, z))
  distances.fill(reach * (1 + 1e-9))
  const last = nearest.length - 1
  for (let point = 0; 3 * point < points.length; point++) {
    const squared = squaredDistance(points, point, x, y, z)
    if (squared >= distances[last]) continue
    let k = last
    for (; k > 0 && distances[k - 1] > squared; k--) {
      distances[k] = distances[k - 1]
      nearest[k] = nearest[k - 1]
    }
    distances[k] = squared
    nearest[k] = point
  }
  for (let k = 0; k <= last; k++) distances[k] = Math.sqrt(distances[k])
}

/** Between a point and x, y, z. */
function squaredDistance(points: Float32Array, point: number, x: number, y: number, z: number): number {
  const dx = points[3 * point] - x
  const dy = points[3 * point + 1] - y
  const dz = points[3 * point + 2] - z
  return dx * dx + dy * dy + dz * dz
}
