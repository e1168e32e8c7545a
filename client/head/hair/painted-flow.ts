/** Which way hair lies on the rest of a head: away from the whorl at the back of the crown, and down. */

import type { Raster } from '../../capture/mesh/rasterize.ts'
import type { Mesh } from '../../face/types.ts'
import { smoothstep } from '../../image/smoothstep.ts'

/** Where the whorl lies, a little to one side as most have it; centimetres, mean head. */
const whorl = [0.9, 11.6, -12] as const
/** Hair turns about the whorl by this angle (radians) at it, less and less up to `reach` centimetres. */
const turn = { most: 1.1, reach: 6 }
/** How much of the way is down, against away from the whorl, beyond `from` to `to` centimetres from it. */
const down = { share: 0.9, from: 4, to: 13 }

/**
 * @param mesh the rest of the mean head
 * @param layout its raster in texels
 * @param firstTriangle the raster's number of the mesh's first triangle
 * @param wanted N x N, not 0 where the flow is asked for
 * @returns N x N x 2, unit vectors in texels; 0 where there is none
 */
export function hairFlow(
  mesh: Mesh,
  layout: Raster,
  firstTriangle: number,
  wanted: ArrayLike<number>,
): Float32Array {
  const { positions, normals, uv, triangles } = mesh
  const { triangle, weights } = layout
  const flow = new Float32Array(2 * triangle.length)
  for (let i = 0; i < triangle.length; i++) {
    if (triangle[i] < 0 || !wanted[i]) continue
    const t = 3 * (triangle[i] - firstTriangle)
    const [a, b, c] = [triangles[t], triangles[t + 1], triangles[t + 2]]
    const wb = weights[2 * i]
    const wc = weights[2 * i + 1]
    const wa = 1 - wb - wc
    const at = (values: Float32Array, k: number) =>
      wa * values[3 * a + k] + wb * values[3 * b + k] + wc * values[3 * c + k]
    const [nx, ny, nz] = [at(normals, 0), at(normals, 1), at(normals, 2)]
    let dx = at(positions, 0) - whorl[0]
    let dy = at(positions, 1) - whorl[1]
    let dz = at(positions, 2) - whorl[2]
    const distance = Math.hypot(dx, dy, dz) + 1e-6
    const fall = down.share * smoothstep(down.from, down.to, distance)
    dx /= distance
    dy = dy / distance - fall
    dz /= distance
    // Turned about the normal, and laid on the surface.
    const angle = turn.most * Math.max(0, 1 - distance / turn.reach)
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    const ux = cos * dx + sin * (ny * dz - nz * dy)
    const uy = cos * dy + sin * (nz * dx - nx * dz)
    const uz = cos * dz + sin * (nx * dy - ny * dx)
    const along = (ux * nx + uy * ny + uz * nz) / (nx * nx + ny * ny + nz * nz + 1e-9)
    const [vx, vy, vz] = [ux - along * nx, uy - along * ny, uz - along * nz]
    // The same way in the layout: v = p e1 + q e2 in least squares.
    const e = (k: number, to: number) => positions[3 * to + k] - positions[3 * a + k]
    const [px, py, pz, qx, qy, qz] = [e(0, b), e(1, b), e(2, b), e(0, c), e(1, c), e(2, c)]
    const pp = px * px + py * py + pz * pz
    const pq = px * qx + py * qy + pz * qz
    const qq = qx * qx + qy * qy + qz * qz
    const vp = vx * px + vy * py + vz * pz
    const vq = vx * qx + vy * qy + vz * qz
    const determinant = pp * qq - pq * pq
    if (determinant <= 0) continue
    const p = (vp * qq - vq * pq) / determinant
    const q = (vq * pp - vp * pq) / determinant
    const du = p * (uv[2 * b] - uv[2 * a]) + q * (uv[2 * c] - uv[2 * a])
    const dv = p * (uv[2 * b + 1] - uv[2 * a + 1]) + q * (uv[2 * c + 1] - uv[2 * a + 1])
    const length = Math.hypot(du, dv)
    if (length === 0) continue
    flow[2 * i] = du / length
    flow[2 * i + 1] = dv / length
  }
  return flow
}
