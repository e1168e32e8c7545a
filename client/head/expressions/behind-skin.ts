import type { Mesh } from '../../face/types.ts'

/** Centimetres between two places where the depth of the skin is known. */
const step = 0.1
/** Skin is at least as thick: centimetres. */
const thickness = 0.3
/** Lips that go aside bring the skin from so far beside: centimetres. */
const beside = 0.6

/**
 * Moves what lies in the mouth back behind the skin over it, so that no gum comes out of a chin that recedes.
 *
 * @param positions V x 3, centimetres, head frame: changed in place
 * @param face of `faceMesh`
 */
export function behindSkin(positions: Float32Array, { positions: skin, triangles }: Mesh): void {
  const depth = new Map<string, number>()
  const key = (x: number, y: number) => `${Math.round(x / step)} ${Math.round(y / step)}`
  const within = [0, 1].map((c) => {
    const values = positions.filter((_, i) => i % 3 === c)
    return [Math.min(...values) - step, Math.max(...values) + step]
  })
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [...triangles.subarray(t, t + 3)]
    const [a, b, c] = corners.map((v) => skin.subarray(3 * v, 3 * v + 3))
    if ([0, 1].some((k) => [a, b, c].every((p) => p[k] < within[k][0] || p[k] > within[k][1]))) continue
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    // Seen from before only: nostrils and the like turn away.
    if (area <= 1e-6) continue
    const range = (k: number) =>
      [Math.min(a[k], b[k], c[k]), Math.max(a[k], b[k], c[k])].map((value) => Math.round(value / step))
    const [[x0, x1], [y0, y1]] = [range(0), range(1)]
    for (let i = x0; i <= x1; i++)
      for (let j = y0; j <= y1; j++) {
        const [x, y] = [i * step, j * step]
        const wb = ((x - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (y - a[1])) / area
        const wc = ((b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1])) / area
        // A little beyond, lest places between triangles are missed.
        if (wb < -0.1 || wc < -0.1 || wb + wc > 1.1) continue
        const z = a[2] + wb * (b[2] - a[2]) + wc * (c[2] - a[2])
        const place = key(x, y)
        depth.set(place, Math.min(z, depth.get(place) ?? z))
      }
  }
  for (let k = 0; k < positions.length; k += 3) {
    for (const aside of [-beside, 0, beside]) {
      const z = depth.get(key(positions[k] + aside, positions[k + 1]))
      if (z !== undefined) positions[k + 2] = Math.min(positions[k + 2], z - thickness)
    }
  }
}
