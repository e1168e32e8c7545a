import { beforeAll, describe, expect, test } from 'vitest'
import { faceMesh } from '../../../../client/capture/mesh/face-mesh.ts'
import { vertexNormals } from '../../../../client/capture/mesh/normals.ts'
import type { Mesh } from '../../../../client/face/types.ts'
import { borderLoops } from '../../../../client/head/border-loops.ts'
import { faceRim } from '../../../../client/head/face-rim.ts'
import type { Remainder } from '../../../../models/head/remainder.ts'
import { packageIsThere } from './package-is-there.ts'
import { referenceHead } from './reference-head.ts'

describe.skipIf(!packageIsThere)('the rest of the reference head', () => {
  let remainder: Remainder
  let face: Mesh

  beforeAll(async () => {
    const { canonical, landmarks, ...reference } = await referenceHead()
    remainder = reference.remainder
    face = faceMesh(landmarks, canonical)
  }, 60_000)

  test('is a head less a face', () => {
    expect(remainder.base).toHaveLength(1473)
    expect(remainder.positions).toHaveLength(3 * (72 + 1473))
    expect(remainder.triangles).toHaveLength(3 * 2974)
    expect(new Set(remainder.triangles).size).toBe(72 + 1473)
  })

  test('is open at the rim and at the bottom, which falls evenly to the front', () => {
    const [rim, bottom, ...others] = borderLoops(remainder.triangles)
    expect(others).toEqual([])
    expect(rim).toEqual([0, ...Array.from({ length: 71 }, (_, i) => 71 - i)])
    const heights = bottom.map((v) => remainder.positions[3 * v + 1])
    const even = bottom.map((v, i) => heights[i] + 0.33 * remainder.positions[3 * v + 2])
    expect(Math.max(...even) - Math.min(...even)).toBeLessThan(1)
    expect(Math.max(...heights)).toBeLessThan(Math.min(...face.positions.filter((_, i) => i % 3 === 1)))
  })

  test('is, with the face, one surface that is open at the bottom only', () => {
    const rim = faceRim(face)
    // The mouth's chart has vertices of its own at the same places.
    const places = new Map<string, number>()
    const own = (v: number) => {
      const key = face.positions.subarray(3 * v, 3 * v + 3).join()
      if (!places.has(key)) places.set(key, v)
      return places.get(key)!
    }
    const beyond = face.positions.length / 3
    const triangles = [
      ...Array.from(face.triangles, own),
      ...Array.from(remainder.triangles, (v) => (v < 72 ? own(rim[v]) : beyond + v)),
    ]
    const loops = borderLoops(triangles)
    expect(loops).toHaveLength(1)
    // Euler: a sphere with one hole.
    const edges = (triangles.length + loops[0].length) / 2
    expect(new Set(triangles).size - edges + triangles.length / 3).toBe(1)
  })

  test('does not fold at the seam', () => {
    const { positions, triangles } = remainder
    const normals = vertexNormals(positions, triangles)
    let seam = 0
    for (let t = 0; t < triangles.length; t += 3) {
      const corners = [...triangles.subarray(t, t + 3)]
      if (corners.every((v) => v >= 72)) continue
      seam++
      const alone = vertexNormals(
        corners.flatMap((v) => [...positions.subarray(3 * v, 3 * v + 3)]),
        [0, 1, 2],
      )
      for (const v of corners)
        expect([0, 1, 2].reduce((sum, c) => sum + alone[c] * normals[3 * v + c], 0)).toBeGreaterThan(0.3)
    }
    expect(seam).toBeGreaterThan(144)
  })
})
