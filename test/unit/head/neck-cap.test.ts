import { expect, test } from 'vitest'
import { canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { headMesh } from '../../../client/head/head-mesh.ts'
import { neckCap } from '../../../client/head/neck-cap.ts'
import { neckEnd } from '../../../client/head/neck-end.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood } from './hood.ts'

test('is flat, of the colours around it, and of their mean in its middle', async () => {
  const canonical = await canonicalFace(diskStore())
  const head = headMesh(hood(canonical), faceMesh(canonical.pos, canonical), canonical)
  const size = 64
  // Dark on the left half of the layout, bright on the right.
  const texture = Float32Array.from({ length: 3 * size * size }, (_, i) =>
    Math.floor(i / 3) % size < size / 2 ? 0.2 : 0.8,
  )
  const { positions, colours } = neckCap(head, texture)
  const end = neckEnd(head)
  expect((positions.length / 3 - 1) % end.length).toBe(0)
  expect(colours).toHaveLength(positions.length)
  const middle = [0, 1, 2].map((c) => end.reduce((sum, v) => sum + head.positions[3 * v + c], 0) / end.length)
  for (const [c, value] of [...positions.subarray(-3)].entries()) expect(value).toBeCloseTo(middle[c], 4)
  for (const [column, v] of end.entries()) {
    const u = 2 * head.uv[2 * v] - 1
    if (Math.abs(u - 0.5) < 0.05) continue
    if (u < 0.5) expect(colours[3 * column]).toBeLessThan(0.35)
    else expect(colours[3 * column]).toBeGreaterThan(0.65)
  }
  const [inMiddle] = colours.subarray(-3)
  expect(inMiddle).toBeGreaterThan(0.35)
  expect(inMiddle).toBeLessThan(0.6)
})
