import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { faceRim } from '../../../client/head/face-rim.ts'
import { headMesh } from '../../../client/head/head-mesh.ts'
import { fromRim, rimLine } from '../../../client/head/rim.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood } from './hood.ts'

let canonical: CanonicalFace
beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
})

describe('the rim', () => {
  test('is one line in both textures, closely spaced', () => {
    const face = faceMesh(canonical.pos, canonical)
    const spacing = 1 / 256
    const { face: inFace, rest } = rimLine(headMesh(hood(canonical), face, canonical), face, spacing)
    expect(inFace.length).toBe(rest.length)
    const points = rest.length / 2
    for (let p = 0; p < points; p++) {
      const next = (p + 1) % points
      expect(
        Math.hypot(rest[2 * next] - rest[2 * p], rest[2 * next + 1] - rest[2 * p + 1]),
      ).toBeLessThanOrEqual(spacing * 1.001)
      // The hood's rim is a circle of .15 in its layout; chords lie a little within.
      expect(Math.hypot(rest[2 * p] - 0.5, rest[2 * p + 1] - 0.5)).toBeCloseTo(0.15, 3)
    }
    // Both begin at the top of the forehead.
    const [top] = faceRim(face)
    expect([...inFace.subarray(0, 2)]).toEqual([...face.uv.subarray(2 * top, 2 * top + 2)])
    expect(rest[1]).toBeCloseTo(0.35, 4)
  })

  test('tells how far a vertex is from it, and from which of its own', () => {
    const positions = Float32Array.of(0, 0, 0, 10, 0, 0, 1, 2, 0, 9, 0, 2)
    const { distance, nearest } = fromRim({ positions }, [0, 1])
    expect([...nearest]).toEqual([0, 1, 0, 1])
    expect(distance[0]).toBe(0)
    expect(distance[2]).toBeCloseTo(Math.sqrt(5), 5)
    expect(distance[3]).toBeCloseTo(Math.sqrt(5), 5)
  })
})
