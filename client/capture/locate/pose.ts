/** Pose: the similarity transform from the head frame to the photo. */

import { meshLandmarks } from '../../face/contours.ts'
import type { Pose } from '../../face/types.ts'
import type { CanonicalFace } from '../mesh/canonical.ts'

/**
 * Weighted least-squares similarity `target = s R source + t` (Umeyama, 1991; the rotation by Horn's quaternion, 1987).
 *
 * @param source n x 3, not all in one place (the scale is NaN there)
 * @param target n x 3
 * @param weights n, at least 0 and not all 0
 * @returns rotation 3 x 3 (row-major, never a reflection), scale, translation
 */
export function similarity(source: ArrayLike<number>, target: ArrayLike<number>, weights: ArrayLike<number>) {
  const n = weights.length
  let total = 0
  const from = [0, 0, 0]
  const to = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    total += weights[i]
    for (let k = 0; k < 3; k++) {
      from[k] += weights[i] * source[3 * i + k]
      to[k] += weights[i] * target[3 * i + k]
    }
  }
  for (let k = 0; k < 3; k++) {
    from[k] /= total
    to[k] /= total
  }
  // Covariance of source (rows) and target (columns), and the source's variance.
  const m = new Float64Array(9)
  let variance = 0
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < 3; a++) {
      const x = source[3 * i + a] - from[a]
      variance += (weights[i] * x * x) / total
      for (let b = 0; b < 3; b++) m[3 * a + b] += (weights[i] * x * (target[3 * i + b] - to[b])) / total
    }
  }
  const rotation = rotationOf(largestEigenvector(hornMatrix(m)))
  let trace = 0
  for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) trace += rotation[3 * b + a] * m[3 * a + b]
  const scale = trace / variance
  const translation = [0, 1, 2].map(
    (b) => to[b] - scale * from.reduce((sum, x, a) => sum + rotation[3 * b + a] * x, 0),
  )
  return { rotation, scale, translation }
}

/** Horn's symmetric 4 x 4 matrix, whose leading eigenvector is the rotation's quaternion (w, x, y, z). */
function hornMatrix(m: Float64Array): number[][] {
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = m
  return [
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, -xx + yy - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, -xx - yy + zz],
  ]
}

/** By cyclic Jacobi rotations. */
function largestEigenvector(matrix: number[][]): number[] {
  const n = matrix.length
  const a = matrix.map((row) => [...row])
  const vectors = a.map((_, i) => a.map((__, j): number => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p][q]) < 1e-300) continue
        const theta = Math.atan2(2 * a[p][q], a[q][q] - a[p][p]) / 2
        const [c, s] = [Math.cos(theta), Math.sin(theta)]
        for (let k = 0; k < n; k++) {
          ;[a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]]
        }
        for (let k = 0; k < n; k++) {
          ;[a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]]
          ;[vectors[k][p], vectors[k][q]] = [
            c * vectors[k][p] - s * vectors[k][q],
            s * vectors[k][p] + c * vectors[k][q],
          ]
        }
      }
    }
  }
  const values = a.map((row, i) => row[i])
  const best = values.indexOf(Math.max(...values))
  return vectors.map((row) => row[best])
}

function rotationOf([w, x, y, z]: number[]): Float64Array {
  return Float64Array.of(
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    1 - 2 * (x * x + y * y),
  )
}

/** One of n x 3 landmarks (px, py down, pz nearer = smaller) as a point with y up and z towards the viewer. */
export const upright = (landmarks: ArrayLike<number>, i: number) => [
  landmarks[3 * i],
  -landmarks[3 * i + 1],
  -landmarks[3 * i + 2],
]

/**
 * Pose of the canonical head that best fits the landmarks, by its 33 weighted basis landmarks.
 *
 * @param landmarks 468 x 3 or more: px, py (down), pz (smaller = nearer), photo pixels
 */
export function poseOf(
  landmarks: ArrayLike<number>,
  { pos, basis }: Pick<CanonicalFace, 'pos' | 'basis'>,
): Pose {
  const source = basis.flatMap(([i]) => [...pos.slice(3 * i, 3 * i + 3)])
  const target = basis.flatMap(([i]) => upright(landmarks, i))
  const weights = basis.map(([, weight]) => weight)
  const { rotation, scale, translation } = similarity(source, target, weights)
  return { rotation, scale, translation: [translation[0], translation[1]], ...anglesOf(rotation) }
}

/**
 * The person's own shape: landmarks taken out of the pose, so that re-projecting them is exact.
 *
 * @param landmarks 468 x 3 or more, photo pixels
 * @returns 468 x 3, centimetres, head frame
 */
export function shapeOf(
  landmarks: ArrayLike<number>,
  { rotation: r, scale, translation }: Pose,
): Float32Array {
  const count = meshLandmarks
  const shape = new Float32Array(3 * count)
  for (let i = 0; i < count; i++) {
    const [x, y, z] = upright(landmarks, i)
    const centred = [x - translation[0], y - translation[1], z]
    for (let a = 0; a < 3; a++) {
      shape[3 * i + a] = (r[a] * centred[0] + r[3 + a] * centred[1] + r[6 + a] * centred[2]) / scale
    }
  }
  return shape
}

/** Degrees; R = Rz(-roll) Ry(yaw) Rx(-pitch), signs as in {@link Pose}. @param r 3 x 3, row-major */
export function anglesOf(r: ArrayLike<number>): Pick<Pose, 'yaw' | 'pitch' | 'roll'> {
  const degrees = 180 / Math.PI
  const roll = Math.atan2(-r[3], r[0])
  const [c, s] = [Math.cos(roll), Math.sin(roll)]
  // The direction the face looks, with the roll undone.
  const x = c * r[2] - s * r[5]
  const y = s * r[2] + c * r[5]
  return {
    yaw: Math.atan2(x, r[8]) * degrees,
    pitch: Math.asin(Math.max(-1, Math.min(1, y))) * degrees,
    roll: roll * degrees,
  }
}
