/** How far a surface lies in a direction. */
import type { Surface } from './openness.ts'

/** The triangles of which a corner lies within a distance of a point: their corners from there, x 9. */
export function trianglesAbout(
  { positions, triangles }: Surface,
  point: number[],
  within: number,
): Float64Array {
  const kept: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [0, 1, 2].map((k) => [0, 1, 2].map((c) => positions[3 * triangles[t + k] + c] - point[c]))
    if (corners.some((corner) => Math.hypot(...corner) < within)) kept.push(...corners.flat())
  }
  return Float64Array.from(kept)
}

/** Of triangles those that the upright plane through the origin and an azimuth cuts. @param corners x 9 */
export function trianglesAcross(azimuth: number, corners: Float64Array): Float64Array {
  const [sin, cos] = [Math.sin(azimuth), Math.cos(azimuth)]
  const aside = (at: number) => corners[at] * cos - corners[at + 2] * sin
  const kept: number[] = []
  for (let t = 0; t < corners.length; t += 9) {
    const sides = [aside(t), aside(t + 3), aside(t + 6)]
    if (Math.min(...sides) <= 1e-6 && Math.max(...sides) >= -1e-6) kept.push(...corners.subarray(t, t + 9))
  }
  return Float64Array.from(kept)
}

/**
 * How far from the origin the first triangle lies in a direction (T. Moeller and B. Trumbore, 1997).
 *
 * @param direction of length 1
 * @param corners x 9
 * @param farthest the answer where there is none nearer
 */
export function distanceAlong([dx, dy, dz]: number[], corners: Float64Array, farthest: number): number {
  let nearest = farthest
  for (let t = 0; t < corners.length; t += 9) {
    const [ax, ay, az] = [corners[t], corners[t + 1], corners[t + 2]]
    const [ux, uy, uz] = [corners[t + 3] - ax, corners[t + 4] - ay, corners[t + 5] - az]
    const [vx, vy, vz] = [corners[t + 6] - ax, corners[t + 7] - ay, corners[t + 8] - az]
    const [px, py, pz] = [dy * vz - dz * vy, dz * vx - dx * vz, dx * vy - dy * vx]
    const determinant = ux * px + uy * py + uz * pz
    if (Math.abs(determinant) < 1e-12) continue
    const u = -(ax * px + ay * py + az * pz) / determinant
    if (u < -1e-9 || u > 1 + 1e-9) continue
    const [qx, qy, qz] = [uy * az - uz * ay, uz * ax - ux * az, ux * ay - uy * ax]
    const v = (dx * qx + dy * qy + dz * qz) / determinant
    if (v < -1e-9 || u + v > 1 + 1e-9) continue
    const distance = (vx * qx + vy * qy + vz * qz) / determinant
    if (distance > 0 && distance < nearest) nearest = distance
  }
  return nearest
}
