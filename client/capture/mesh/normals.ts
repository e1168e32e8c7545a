/**
 * Unit vertex normals: the means of the triangles around each vertex, weighted by their areas.
 *
 * @param positions V x 3
 * @param triangles T x 3, counter-clockwise seen from outside
 * @returns V x 3; (0, 0, 1) at vertices of no area.
 */
export function vertexNormals(positions: ArrayLike<number>, triangles: ArrayLike<number>): Float32Array {
  const normals = new Float32Array(positions.length)
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t], 3 * triangles[t + 1], 3 * triangles[t + 2]]
    const [ux, uy, uz] = [0, 1, 2].map((k) => positions[b + k] - positions[a + k])
    const [vx, vy, vz] = [0, 1, 2].map((k) => positions[c + k] - positions[a + k])
    const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
    for (const vertex of [a, b, c]) for (let k = 0; k < 3; k++) normals[vertex + k] += normal[k]
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2])
    if (length > 0) for (let k = 0; k < 3; k++) normals[i + k] /= length
    else normals[i + 2] = 1
  }
  return normals
}
