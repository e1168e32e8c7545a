import { brotliCompressSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../../client/capture/mesh/face-mesh.ts'
import { rasterize, texelLayout } from '../../../../client/capture/mesh/rasterize.ts'
import { type Bust, readBust, rowTriangles } from '../../../../client/head/bust.ts'
import { type HeadMesh, headMesh } from '../../../../client/head/head-mesh.ts'
import { endingChart, neckEnd } from '../../../../client/head/neck-end.ts'
import { restMesh } from '../../../../client/head/rest-mesh.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { packBust, withSeam } from '../../../../models/head/bust.ts'
import { closestPoint } from '../../../../models/head/closest-point.ts'
import { meanHeadOf } from '../../../../models/head/head-model.ts'
import { readHuman } from '../../../../models/head/make-human.ts'
import { packageIsThere } from './package-is-there.ts'

test('a seam is darker than the rows beside it', () => {
  const open = withSeam(new Float32Array(40).fill(0.8), 4)
  const rows = [6, 7, 8].map((row) => open[4 * row])
  expect(rows[1]).toBeLessThan(0.7 * rows[0])
  expect(rows[0]).toBe(rows[2])
})

describe.skipIf(!packageIsThere)('the bust of the mean head', () => {
  let bytes: Uint8Array
  let bust: Bust
  let head: HeadMesh
  let canonical: CanonicalFace
  let restUv: ReturnType<typeof restMesh>

  beforeAll(async () => {
    canonical = await canonicalFace(diskStore())
    const made = meanHeadOf(await readHuman(), canonical)
    bytes = packBust(made.bust)
    bust = readBust(bytes)
    head = headMesh(made.head, faceMesh(made.head.landmarks, canonical), canonical)
    restUv = restMesh(made.head)
  }, 60_000)

  const at = (point: number) => [...bust.positions.subarray(3 * point, 3 * point + 3)]

  test('is small', () => {
    expect(brotliCompressSync(bytes).length).toBeLessThan(11_000)
  })

  test('has as many columns as the neck has vertices at its end', () => {
    expect(neckEnd(head)).toHaveLength(bust.columns)
  })

  test('is as wide as shoulders without arms, and alike on both sides', () => {
    const xs = bust.positions.filter((_, i) => i % 3 === 0)
    expect(Math.max(...xs)).toBeGreaterThan(15)
    expect(Math.max(...xs)).toBeLessThan(21)
    expect(Math.max(...xs) + Math.min(...xs)).toBeCloseTo(0, 0)
  })

  test('has no edge sharper than a fold of cloth', () => {
    const triangles = rowTriangles(bust.columns, bust.openness.length)
    const facing = (t: number) => {
      const [a, b, c] = [0, 1, 2].map((k) => at(triangles[3 * t + k]))
      const [u, v] = [b, c].map((end) => end.map((value, k) => value - a[k]))
      const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
      const length = Math.hypot(...normal)
      return normal.map((value) => value / length)
    }
    // Along each row, beside each other: the collar and the lower edge turn over across the rows.
    for (let t = 0; t + 2 < triangles.length / 3 - bust.columns; t += 2) {
      const [one, next] = [facing(t), facing(t + 2)]
      if ((t / 2 + 1) % bust.columns === 0) continue
      expect(one.reduce((sum, value, k) => sum + value * next[k], 0)).toBeGreaterThan(0.5)
    }
  })

  test('has its collar around the neck: over the skin, near to it', () => {
    // Of the first three rows: behind the collar, on it, before it.
    for (let point = 0; point < 3 * bust.columns; point++) {
      const { triangle, distance } = closestPoint(at(point), head.positions, head.triangles)
      expect(distance).toBeLessThan(0.6)
      const [a, b, c] = [0, 1, 2].map((k) => {
        const v = head.triangles[3 * triangle + k]
        return [...head.positions.subarray(3 * v, 3 * v + 3)]
      })
      const [u, v, w] = [b, c, at(point)].map((end) => end.map((value, k) => value - a[k]))
      const before =
        w[0] * (u[1] * v[2] - u[2] * v[1]) +
        w[1] * (u[2] * v[0] - u[0] * v[2]) +
        w[2] * (u[0] * v[1] - u[1] * v[0])
      expect(before).toBeGreaterThan(0)
    }
  })

  test('is dark beneath', () => {
    const last = bust.openness.length - 1
    expect(bust.openness[last]).toBeLessThan(0.3)
    const onChest = bust.openness.subarray(14 * bust.columns, 18 * bust.columns).toSorted()
    expect(onChest[onChest.length >> 1]).toBeGreaterThan(0.5)
  })

  test("has its place in the texture's hole for the face", () => {
    const size = 1024
    const { triangle } = rasterize(texelLayout(restUv.uv, size), restUv.triangles, size, size)
    const { left, top, width, height } = endingChart
    const room = 0.007
    for (let y = Math.floor((top - room) * size); y < (top + height + room) * size; y++)
      for (let x = Math.floor((left - room) * size); x < (left + width + room) * size; x++)
        expect(triangle[y * size + x]).toBeLessThan(0)
  })
})
