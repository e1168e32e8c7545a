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
  const { positions, normals } = mesh
  const { triangle, weights } = layout
  const flow = new Float32Array(2 * triangle.length)
  let of: Corners = cornersOf(mesh, 0)
  let last = 0
  for (let i = 0; i < triangle.length; i++) {
    if (triangle[i] < 0 || !wanted[i]) continue
    // Neighbouring texels mostly lie in the same one.
    const t = triangle[i] - firstTriangle
    if (t !== last) of = cornersOf(mesh, t)
    last = t
    if (of.determinant <= 0) continue
    const { a, b, c, pp, pq, qq } = of
    const wb = weights[2 * i]
    const wc = weights[2 * i + 1]
    const wa = 1 - wb - wc
    const nx = wa * normals[a] + wb * normals[b] + wc * normals[c]
    const ny = wa * normals[a + 1] + wb * normals[b + 1] + wc * normals[c + 1]
    const nz = wa * normals[a + 2] + wb * normals[b + 2] + wc * normals[c + 2]
    let dx = wa * positions[a] + wb * positions[b] + wc * positions[c] - whorl[0]
    let dy = wa * positions[a + 1] + wb * positions[b + 1] + wc * positions[c + 1] - whorl[1]
    let dz = wa * positions[a + 2] + wb * positions[b + 2] + wc * positions[c + 2] - whorl[2]
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz) + 1e-6
    const fall = down.share * smoothstep(down.from, down.to, distance)
    dx /= distance
    dy = dy / distance - fall
    dz /= distance
    // Turned about the normal, and laid on the surface.
    const angle = turn.most * Math.max(0, 1 - distance / turn.reach)
    const cos = angle > 0 ? Math.cos(angle) : 1
    const sin = angle > 0 ? Math.sin(angle) : 0
    const ux = cos * dx + sin * (ny * dz - nz * dy)
    const uy = cos * dy + sin * (nz * dx - nx * dz)
    const uz = cos * dz + sin * (nx * dy - ny * dx)
    const along = (ux * nx + uy * ny + uz * nz) / (nx * nx + ny * ny + nz * nz + 1e-9)
    const vx = ux - along * nx
    const vy = uy - along * ny
    const vz = uz - along * nz
    // The same way in the layout: v = p e1 + q e2 in least squares.
    const vp = vx * of.px + vy * of.py + vz * of.pz
    const vq = vx * of.qx + vy * of.qy + vz * of.qz
    const p = (vp * qq - vq * pq) / of.determinant
    const q = (vq * pp - vp * pq) / of.determinant
    const du = p * of.pu + q * of.qu
    const dv = p * of.pv + q * of.qv
    const length = Math.sqrt(du * du + dv * dv)
    if (length === 0) continue
    flow[2 * i] = du / length
    flow[2 * i + 1] = dv / length
  }
  return flow
}

type Corners = ReturnType<typeof cornersOf>

/** A triangle's corners (where they begin in the positions), its edges p and q from the first, and their products. */
function cornersOf({ positions, uv, triangles }: Mesh, t: number) {
  const a = 3 * triangles[3 * t]
  const b = 3 * triangles[3 * t + 1]
  const c = 3 * triangles[3 * t + 2]
  const px = positions[b] - positions[a]
  const py = positions[b + 1] - positions[a + 1]
  const pz = positions[b + 2] - positions[a + 2]
  const qx = positions[c] - positions[a]
  const qy = positions[c + 1] - positions[a + 1]
  const qz = positions[c + 2] - positions[a + 2]
  const [ua, ub, uc] = [(2 * a) / 3, (2 * b) / 3, (2 * c) / 3]
  const pu = uv[ub] - uv[ua]
  const pv = uv[ub + 1] - uv[ua + 1]
  const qu = uv[uc] - uv[ua]
  const qv = uv[uc + 1] - uv[ua + 1]
  const pp = px * px + py * py + pz * pz
  const pq = px * qx + py * qy + pz * qz
  const qq = qx * qx + qy * qy + qz * qz
  return { a, b, c, px, py, pz, qx, qy, qz, pu, pv, qu, qv, pp, pq, qq, determinant: pp * qq - pq * pq }
}
