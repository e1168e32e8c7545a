/** The line along which the rest of the head meets the face, in both textures. */

import type { Mesh } from '../face/types.ts'
import { faceRim } from './face-rim.ts'
import type { HeadMesh } from './head-mesh.ts'

/** Points along the rim, closely spaced, in order. */
export interface RimLine {
  /** P x 2, 0..1, in the face's texture. */
  face: Float32Array
  /** P x 2, 0..1, in the rest's texture. */
  rest: Float32Array
}

/** @param spacing of the points, share of the rest's texture's side */
export function rimLine(head: HeadMesh, face: Pick<Mesh, 'triangles' | 'uv'>, spacing: number): RimLine {
  const rim = faceRim(face)
  const points: { face: number[]; rest: number[] } = { face: [], rest: [] }
  for (const [i, v] of rim.entries()) {
    const next = (i + 1) % rim.length
    // The rest's first vertices are the rim's, in the same order.
    const [a, b] = [i, next].map((k) => restUv(head, head.faceVertices + k))
    const [c, d] = [v, rim[next]].map((k) => [face.uv[2 * k], face.uv[2 * k + 1]])
    const count = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / spacing))
    for (let step = 0; step < count; step++) {
      const t = step / count
      points.rest.push(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
      points.face.push(c[0] + t * (d[0] - c[0]), c[1] + t * (d[1] - c[1]))
    }
  }
  return { face: Float32Array.from(points.face), rest: Float32Array.from(points.rest) }
}

/** Where a vertex of the rest lies in the rest's own texture. */
function restUv({ uv }: HeadMesh, v: number): [u: number, v: number] {
  return [2 * uv[2 * v] - 1, uv[2 * v + 1]]
}

/** V: centimetres from each vertex to the nearest of the rim's, and which of these (0..71) it is. */
export function fromRim(
  { positions }: Pick<Mesh, 'positions'>,
  rim: readonly number[],
): { distance: Float32Array; nearest: Uint8Array } {
  const distance = new Float32Array(positions.length / 3)
  const nearest = new Uint8Array(distance.length)
  for (let v = 0; v < distance.length; v++) {
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < rim.length; i++) {
      const dx = positions[3 * rim[i]] - positions[3 * v]
      const dy = positions[3 * rim[i] + 1] - positions[3 * v + 1]
      const dz = positions[3 * rim[i] + 2] - positions[3 * v + 2]
      const square = dx * dx + dy * dy + dz * dz
      if (square >= least) continue
      least = square
      nearest[v] = i
    }
    distance[v] = Math.sqrt(least)
  }
  return { distance, nearest }
}
