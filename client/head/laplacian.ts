/** The cotangent Laplacian of a triangle mesh (Pinkall and Polthier, 1993). */

export interface Laplacian {
  /** V maps from vertex to weight: minus the half cotangents of each edge, and their sum on the diagonal. */
  rows: Map<number, number>[]
  /** V: a third of the area around each vertex, the mesh's unit squared. */
  mass: Float64Array
}

/** A needle's cotangent would outweigh all others. */
const steepest = 20

/**
 * @param positions V x 3
 * @param triangles T x 3
 */
export function laplacian(positions: ArrayLike<number>, triangles: ArrayLike<number>): Laplacian {
  const rows = Array.from({ length: positions.length / 3 }, () => new Map<number, number>())
  const mass = new Float64Array(rows.length)
  const add = (i: number, j: number, value: number) => rows[i].set(j, (rows[i].get(j) ?? 0) + value)
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const [apex, a, b] = [0, 1, 2].map((step) => triangles[t + ((k + step) % 3)])
      const [u, v] = [a, b].map((end) =>
        [0, 1, 2].map((c) => positions[3 * end + c] - positions[3 * apex + c]),
      )
      const product = u[0] * v[0] + u[1] * v[1] + u[2] * v[2]
      const twiceArea = Math.hypot(
        u[1] * v[2] - u[2] * v[1],
        u[2] * v[0] - u[0] * v[2],
        u[0] * v[1] - u[1] * v[0],
      )
      const cotangent = Math.max(-steepest, Math.min(steepest, product / Math.max(twiceArea, 1e-12)))
      mass[apex] += twiceArea / 6
      add(a, b, -cotangent / 2)
      add(b, a, -cotangent / 2)
      add(a, a, cotangent / 2)
      add(b, b, cotangent / 2)
    }
  }
  return { rows, mass }
}
