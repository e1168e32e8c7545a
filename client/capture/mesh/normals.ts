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
    const a = 3 * triangles[t]
    const b = 3 * triangles[t + 1]
    const c = 3 * triangles[t + 2]
    const ux = positions[b] - positions[a]
    const uy = positions[b + 1] - positions[a + 1]
    const uz = positions[b + 2] - positions[a + 2]
    const vx = positions[c] - positions[a]
    const vy = positions[c + 1] - positions[a + 1]
    const vz = positions[c + 2] - positions[a + 2]
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    for (let corner = t; corner < t + 3; corner++) {
      const vertex = 3 * triangles[corner]
      normals[vertex] += nx
      normals[vertex + 1] += ny
      normals[vertex + 2] += nz
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2])
    if (length > 0) for (let k = 0; k < 3; k++) normals[i + k] /= length
    else normals[i + 2] = 1
  }
  return normals
}
