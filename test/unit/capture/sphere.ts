import { vertexNormals } from '../../../client/capture/mesh/normals.ts'
import type { Mesh } from '../../../client/face/types.ts'

/** A sphere of radius 8 cm about the origin; u runs along its equator, seen from the front (+z) at u = 0.5, v downwards. */
export function sphere(segments = 48): Mesh {
  const positions: number[] = []
  const uv: number[] = []
  const triangles: number[] = []
  const row = segments + 1
  for (let j = 0; j <= segments; j++)
    for (let i = 0; i <= segments; i++) {
      const [u, v] = [i / segments, j / segments]
      const longitude = (u - 0.5) * 2 * Math.PI
      const latitude = (0.5 - v) * Math.PI
      positions.push(
        8 * Math.cos(latitude) * Math.sin(longitude),
        8 * Math.sin(latitude),
        8 * Math.cos(latitude) * Math.cos(longitude),
      )
      uv.push(u, v)
      if (i === segments || j === segments) continue
      const a = j * row + i
      triangles.push(a, a + row, a + row + 1, a, a + row + 1, a + 1)
    }
  const mesh = {
    positions: Float32Array.from(positions),
    uv: Float32Array.from(uv),
    triangles: Uint32Array.from(triangles),
  }
  return { ...mesh, normals: vertexNormals(mesh.positions, mesh.triangles) }
}

/** size x size x 3: smooth waves, different in each channel. */
export function waves(size: number): Float32Array {
  return Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const u = ((Math.floor(i / 3) % size) + 0.5) / size
    const v = (Math.floor(i / 3 / size) + 0.5) / size
    return 0.5 + 0.3 * Math.sin(30 * u + (i % 3)) * Math.cos(20 * v + 2 * (i % 3))
  })
}
