import type { Mesh } from '../../../client/face/types.ts'

/** Share of the covered texels whose centres lie strictly inside more than one triangle, 0..1. */
export function uvOverlap({ uv, triangles }: Pick<Mesh, 'uv' | 'triangles'>, size: number): number {
  const layers = new Uint8Array(size * size)
  for (let t = 0; t < triangles.length; t += 3) {
    const [ax, bx, cx] = [0, 1, 2].map((k) => uv[2 * triangles[t + k]] * size - 0.5)
    const [ay, by, cy] = [0, 1, 2].map((k) => uv[2 * triangles[t + k] + 1] * size - 0.5)
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if (area === 0) continue
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy)))
    const bottom = Math.min(size - 1, Math.floor(Math.max(ay, by, cy)))
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx)))
    const right = Math.min(size - 1, Math.floor(Math.max(ax, bx, cx)))
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const a = ((bx - x) * (cy - y) - (by - y) * (cx - x)) / area
        const b = ((cx - x) * (ay - y) - (cy - y) * (ax - x)) / area
        // Shared edges belong to neither triangle.
        if (a > 1e-4 && b > 1e-4 && 1 - a - b > 1e-4)
          layers[y * size + x] = Math.min(2, layers[y * size + x] + 1)
      }
    }
  }
  const covered = layers.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  const double = layers.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0)
  return covered > 0 ? double / covered : 0
}
