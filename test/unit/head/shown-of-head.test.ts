import { expect, test } from 'vitest'
import { canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { rasterize, texelLayout } from '../../../client/capture/mesh/rasterize.ts'
import { headMesh } from '../../../client/head/head-mesh.ts'
import { shownOfHead } from '../../../client/head/shown-of-head.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood } from './hood.ts'

test('what lies over cloth or the background shows nothing of the head', async () => {
  const size = 64
  const canonical = await canonicalFace(diskStore())
  const head = headMesh(hood(canonical), faceMesh(canonical.pos, canonical), canonical)
  const uv = head.uv.map((value, i) => (i % 2 ? value : 2 * value - 1))
  const layout = rasterize(texelLayout(uv, size), head.triangles, size, size)
  // Seen from ahead, a pixel a centimetre; cloth on the left, the background on the right, hair between.
  const [width, height] = [40, 40]
  const project = (positions: ArrayLike<number>) =>
    Float32Array.from({ length: (positions.length / 3) * 4 }, (_, k) => {
      const v = 3 * Math.floor(k / 4)
      return [20 + positions[v], 20 - positions[v + 1], -positions[v + 2], 1][k % 4]
    })
  const where = (test: (x: number) => boolean) =>
    Float32Array.from({ length: width * height }, (_, i) => (test((i % width) + 0.5) ? 1 : 0))
  const hairy = where((x) => x >= 17 && x <= 23)
  const regions = { cloth: where((x) => x < 17), behind: where((x) => x > 23), hair: hairy }
  const seen = Float32Array.from(layout.triangle, (t) => (t < 0 ? 0 : 0.8))
  const { weight, hair } = shownOfHead(seen, layout, head, { width, height, project }, regions)
  const at = (u: number, v: number) => weight[Math.floor(v * size) * size + Math.floor(u * size)]
  expect(at(0.5, 0.3)).toBeCloseTo(0.8)
  expect(at(0.5, 0.7)).toBeCloseTo(0.8)
  expect(at(0.25, 0.5)).toBe(0)
  expect(at(0.75, 0.5)).toBe(0)
  for (const [i, value] of hair.entries()) if (value > 0.5) expect(weight[i]).toBeGreaterThan(0.3)
  expect(hair.some((value) => value > 0.9)).toBe(true)
})
