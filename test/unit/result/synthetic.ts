import type { Mesh } from '../../../client/capture/types.ts'

/** A dome of (n + 1)^2 vertices, 20 cm wide, bulging 5 cm towards the viewer; UVs fill the square. */
export function dome(n: number): Mesh {
  const vertices = (n + 1) ** 2
  const mesh: Mesh = {
    positions: new Float32Array(vertices * 3),
    normals: new Float32Array(vertices * 3),
    uv: new Float32Array(vertices * 2),
    triangles: new Uint32Array(n * n * 6),
  }
  for (let j = 0, v = 0; j <= n; j++)
    for (let i = 0; i <= n; i++, v++) {
      const [u, w] = [i / n, j / n]
      const [x, y] = [2 * u - 1, 1 - 2 * w]
      mesh.uv.set([u, w], 2 * v)
      mesh.positions.set([10 * x, 10 * y, 2.5 * (2 - x * x - y * y)], 3 * v)
      const [nx, ny] = [0.5 * x, 0.5 * y]
      const length = Math.hypot(nx, ny, 1)
      mesh.normals.set([nx / length, ny / length, 1 / length], 3 * v)
    }
  for (let j = 0, t = 0; j < n; j++)
    for (let i = 0; i < n; i++, t += 6) {
      const a = j * (n + 1) + i
      mesh.triangles.set([a, a + n + 1, a + 1, a + 1, a + n + 1, a + n + 2], t)
    }
  return mesh
}

/** N x N x 3 smooth colours, 0..1, different in every direction. */
export function gradientTexture(size: number): Float32Array {
  const texture = new Float32Array(size * size * 3)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      texture.set([x / size, y / size, 0.5 + 0.4 * Math.sin((x + 2 * y) / 9)], 3 * (y * size + x))
  return texture
}
