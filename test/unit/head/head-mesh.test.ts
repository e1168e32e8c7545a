import { beforeAll, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import type { Mesh } from '../../../client/face/types.ts'
import { borderLoops } from '../../../client/head/border-loops.ts'
import { faceRim, rimVertices } from '../../../client/head/face-rim.ts'
import { type HeadMesh, headMesh } from '../../../client/head/head-mesh.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood, rings } from './hood.ts'

let canonical: CanonicalFace
let face: Mesh
let head: HeadMesh
beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
  face = faceMesh(canonical.pos, canonical)
  head = headMesh(hood(canonical), face, canonical)
})

test('keeps the face as it is, in the left half of the layout', () => {
  const { positions, triangles, uv, faceVertices, faceTriangles } = head
  expect(positions.subarray(0, 3 * faceVertices)).toEqual(face.positions)
  expect(triangles.subarray(0, 3 * faceTriangles)).toEqual(face.triangles)
  for (let i = 0; i < 2 * faceVertices; i += 2) {
    expect(uv[i]).toBeCloseTo(face.uv[i] / 2, 6)
    expect(uv[i + 1]).toBe(face.uv[i + 1])
  }
  for (let i = 2 * faceVertices; i < uv.length; i += 2) expect(uv[i]).toBeGreaterThanOrEqual(0.5)
})

test('is closed but for the bottom: face and rest share the edges of the rim', () => {
  const closed = [...borderLoops(withoutMouth(head.triangles.map((v) => head.place[v])))]
  // The hood's last ring, whose edges are split, and the opening between the lips.
  expect(closed.map(({ length }) => length)).toContain(2 * rimVertices)
  expect(closed.flat().some((v) => faceRim(face).includes(v))).toBe(false)
  expect(rings).toBeGreaterThan(2)
})

test("carries the rest's openness; the face's is 1", () => {
  const { openness, faceVertices, positions } = headMesh(
    { ...hood(canonical), openness: new Float32Array(hood(canonical).openness.length).fill(0.25) },
    face,
    canonical,
  )
  expect(openness).toHaveLength(positions.length / 3)
  expect(new Set(openness.subarray(0, faceVertices))).toEqual(new Set([1]))
  expect(new Set(openness.subarray(faceVertices))).toEqual(new Set([0.25]))
})

test('has one normal on either side of the rim, the mean of both', () => {
  const firstOfRest = head.faceVertices
  for (const [i, v] of faceRim(face).entries()) {
    const [front, back] = [v, firstOfRest + i].map((k) => [...head.normals.subarray(3 * k, 3 * k + 3)])
    expect(back).toEqual(front)
    expect(Math.hypot(...front)).toBeCloseTo(1, 5)
    // The face alone looks forward there, the hood to the side.
    expect(front[2]).toBeLessThan(face.normals[3 * v + 2] + 1e-6)
  }
})

/** The inside of the mouth lies behind the lips, edge on edge. */
function withoutMouth(triangles: Uint32Array): Uint32Array {
  const seen = new Set<string>()
  const kept: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [...triangles.subarray(t, t + 3)]
    const edges = corners.map((a, k) => `${a} ${corners[(k + 1) % 3]}`)
    if (edges.some((edge) => seen.has(edge))) continue
    for (const edge of edges) seen.add(edge)
    kept.push(...corners)
  }
  return Uint32Array.from(kept)
}
