/** The rest of the head: what the face mesh does not cover of MakeHuman's, sewn to the face mesh's rim. */
import type { CanonicalFace } from '../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../client/capture/mesh/face-mesh.ts'
import type { Mesh } from '../../client/face/types.ts'
import { borderLoops } from '../../client/head/border-loops.ts'
import { faceRim } from '../../client/head/face-rim.ts'
import { closestPoint } from './closest-point.ts'

export interface Remainder {
  /** V x 3, the body's frame, centimetres: first the 72 vertices of the face mesh's rim, then the base mesh's. */
  positions: Float64Array
  /** V - 72: which vertex of the base mesh each of the others is. */
  base: number[]
  /** T x 3: open at the rim, which runs 71, 70, ... 0 with this mesh to its left, and at the bottom of the neck. */
  triangles: Uint32Array
}

/** Centimetres. By eye, on renders. */
const cut = {
  /** The neck ends at this height, below the middle of the head, and falls to the front. */
  neck: 56.2,
  fall: 0.33,
  /** The shoulders are further from the neck's axis than this, where it lies at the depth `axis`. */
  shoulders: 11.5,
  axis: 2,
  /** What is higher than this belongs to the head, ears too. */
  head: 62,
  /** The face covers what is not further from it than this, */
  cover: 1.2,
  /** and at its rim leaves this much room for the seam. */
  seam: 0.38,
}

/**
 * @param body the reference body, V x 3, centimetres
 * @param skin its triangles, T x 3
 * @param landmarks the 468 on it, x 3
 */
export function remainderOf(
  body: Float64Array,
  skin: Uint32Array,
  landmarks: Float64Array,
  canonical: CanonicalFace,
): Remainder {
  const mesh = faceMesh(landmarks, canonical)
  const rim = faceRim(mesh)
  const bust = trianglesOf(skin, (v) => inBust(body.subarray(3 * v, 3 * v + 3)))
  const covered = coverage(mesh, rim)
  const bare = new Map<number, boolean>()
  for (const v of bust) if (!bare.has(v)) bare.set(v, !covered(body.subarray(3 * v, 3 * v + 3)))
  const rest = componentOfCrown(
    body,
    trianglesOf(bust, (v) => bare.get(v)!),
  )
  const base = [...new Set(rest)].sort((a, b) => a - b)

  const positions = new Float64Array(3 * (rim.length + base.length))
  rim.forEach((v, i) => {
    positions.set(mesh.positions.subarray(3 * v, 3 * v + 3), 3 * i)
  })
  base.forEach((v, i) => {
    positions.set(body.subarray(3 * v, 3 * v + 3), 3 * (rim.length + i))
  })
  const place = new Map(base.map((v, i) => [v, rim.length + i]))
  const triangles = Array.from(rest, (v) => place.get(v)!)
  const [hole, bottom] = borderLoops(triangles).sort((a, b) => height(positions, b) - height(positions, a))
  const seam = sew(
    positions,
    rim.map((_, i) => i),
    hole.reverse(),
  )
  evenOut(positions, bottom)
  return { positions, base, triangles: Uint32Array.from([...triangles, ...seam]) }
}

function inBust([x, y, z]: Float64Array): boolean {
  if (y > cut.head) return true
  const forward = z - cut.axis
  return y > cut.neck - cut.fall * forward && Math.hypot(x, 0.8 * forward) < cut.shoulders
}

/** The triangles of which all corners are wanted. */
function trianglesOf(triangles: Uint32Array, wanted: (v: number) => boolean): Uint32Array {
  const kept: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = triangles.subarray(t, t + 3)
    if (corners.every(wanted)) kept.push(...corners)
  }
  return Uint32Array.from(kept)
}

/** Does the face mesh lie over a point, or so near beside it that there is no room for the seam? */
function coverage(face: Mesh, rim: number[]): (point: Float64Array) => boolean {
  const onRim = new Set(rim)
  return (point) => {
    const { triangle, weights, distance } = closestPoint(point, face.positions, face.triangles)
    const inside = weights.some((weight, k) => weight > 0.001 && !onRim.has(face.triangles[3 * triangle + k]))
    return distance < (inside ? cut.cover : cut.seam)
  }
}

/** What hangs together with the highest point: no eye sockets, nostrils or mouth. */
function componentOfCrown(body: Float64Array, triangles: Uint32Array): Uint32Array {
  const around = new Map<number, number[]>()
  for (let t = 0; t < triangles.length; t++) {
    const list = around.get(triangles[t]) ?? []
    list.push(t - (t % 3))
    around.set(triangles[t], list)
  }
  const crown = triangles.reduce((best, v) => (body[3 * v + 1] > body[3 * best + 1] ? v : best))
  const reached = new Set([crown])
  for (const v of reached)
    for (const t of around.get(v)!) for (let k = 0; k < 3; k++) reached.add(triangles[t + k])
  return trianglesOf(triangles, (v) => reached.has(v))
}

function height(positions: Float64Array, loop: number[]): number {
  return loop.reduce((sum, v) => sum + positions[3 * v + 1], 0) / loop.length
}

/**
 * Triangles between two lines that run beside each other, the first to the left: at each step the shorter of the two
 * diagonals.
 */
function sew(positions: Float64Array, left: number[], right: number[]): number[] {
  const distance = (a: number, b: number) =>
    Math.hypot(...[0, 1, 2].map((c) => positions[3 * a + c] - positions[3 * b + c]))
  const first = right.reduce((best, v, j) => {
    return distance(left[0], v) < distance(left[0], right[best]) ? j : best
  }, 0)
  const other = [...right.slice(first), ...right.slice(0, first)]
  const triangles: number[] = []
  for (let i = 0, j = 0; i < left.length || j < other.length; ) {
    const [a, nextA] = [left[i % left.length], left[(i + 1) % left.length]]
    const [b, nextB] = [other[j % other.length], other[(j + 1) % other.length]]
    const alongLeft = j === other.length || (i < left.length && distance(nextA, b) < distance(a, nextB))
    if (alongLeft) {
      triangles.push(nextA, a, b)
      i++
    } else {
      triangles.push(b, nextB, a)
      j++
    }
  }
  return triangles
}

/** The heights of a closed line, smoothed. */
function evenOut(positions: Float64Array, loop: number[]): void {
  for (let pass = 0; pass < 30; pass++) {
    const heights = loop.map((v) => positions[3 * v + 1])
    loop.forEach((v, i) => {
      const before = heights[(i + loop.length - 1) % loop.length]
      positions[3 * v + 1] = (before + 2 * heights[i] + heights[(i + 1) % loop.length]) / 4
    })
  }
}
