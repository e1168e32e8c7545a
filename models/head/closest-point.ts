/** The nearest point of a surface. */

export interface SurfacePoint {
  /** Index of the triangle. */
  triangle: number
  /** Barycentric weights of its three corners: at least 0, and they add up to 1. */
  weights: [number, number, number]
  distance: number
}

/**
 * @param point x, y, z
 * @param positions V x 3
 * @param triangles T x 3, at least one
 */
export function closestPoint(
  point: ArrayLike<number>,
  positions: ArrayLike<number>,
  triangles: ArrayLike<number>,
): SurfacePoint {
  let best: SurfacePoint = { triangle: -1, weights: [1, 0, 0], distance: Number.POSITIVE_INFINITY }
  for (let t = 0; 3 * t < triangles.length; t++) {
    const corners = [0, 1, 2].map((k) => {
      const at = 3 * triangles[3 * t + k]
      return [positions[at], positions[at + 1], positions[at + 2]]
    })
    // A corner further away than the triangle is wide cannot belong to a nearer triangle.
    const wide = Math.max(length(corners[0], corners[1]), length(corners[0], corners[2]))
    if (length(point, corners[0]) - wide > best.distance) continue
    const weights = closestWeights(point, corners)
    const distance = length(point, blend(corners, weights))
    if (distance < best.distance) best = { triangle: t, weights, distance }
  }
  return best
}

/** The point of a triangle with these weights. */
function blend(corners: ArrayLike<number>[], weights: number[]): number[] {
  return [0, 1, 2].map((c) => corners.reduce((sum, corner, k) => sum + weights[k] * corner[c], 0))
}

function closestWeights(point: ArrayLike<number>, corners: number[][]): [number, number, number] {
  const [a, b, c] = corners
  const [u, v, d] = [difference(b, a), difference(c, a), difference(point, a)]
  const [uu, uv, vv, du, dv] = [dot(u, u), dot(u, v), dot(v, v), dot(d, u), dot(d, v)]
  const area = uu * vv - uv * uv
  if (area > 0) {
    const second = (vv * du - uv * dv) / area
    const third = (uu * dv - uv * du) / area
    if (second >= 0 && third >= 0 && second + third <= 1) return [1 - second - third, second, third]
  }
  // Outside: on the nearest of the three edges.
  let best: [number, number, number] = [1, 0, 0]
  let nearest = Number.POSITIVE_INFINITY
  for (let k = 0; k < 3; k++) {
    const next = (k + 1) % 3
    const edge = difference(corners[next], corners[k])
    const along = dot(difference(point, corners[k]), edge) / (dot(edge, edge) || 1)
    const share = Math.min(1, Math.max(0, along))
    const weights: [number, number, number] = [0, 0, 0]
    weights[k] = 1 - share
    weights[next] = share
    const distance = length(point, blend(corners, weights))
    if (distance < nearest) {
      nearest = distance
      best = weights
    }
  }
  return best
}

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

function dot(a: number[], b: number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

function length(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
