import { expect, test } from 'vitest'
import { canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { faceRim } from '../../../client/head/face-rim.ts'
import { headMesh } from '../../../client/head/head-mesh.ts'
import { restSurface } from '../../../client/head/rest-surface.ts'
import { spreadOverMesh } from '../../../client/head/spread.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood } from './hood.ts'

test('is the rest with the face’s rim, each place once, and hangs together', async () => {
  const canonical = await canonicalFace(diskStore())
  const face = faceMesh(canonical.pos, canonical)
  const head = headMesh(hood(canonical), face, canonical)
  const surface = restSurface(head)
  const rim = faceRim(face)
  expect(surface.vertices).toEqual(expect.arrayContaining(rim))
  expect(new Set(surface.vertices).size).toBe(surface.vertices.length)
  for (const v of surface.vertices) expect(head.place[v]).toBe(v)
  const places = new Set(head.place.subarray(head.faceVertices))
  expect(surface.vertices).toHaveLength(places.size)

  // What the rim holds gets everywhere.
  const count = head.place.length
  const held = new Uint8Array(count)
  const values = new Float64Array(count)
  for (const v of rim) {
    held[v] = 1
    values[v] = 3
  }
  const spread = spreadOverMesh(surface, 1, { values, held, seen: new Float64Array(count) })
  for (const v of surface.vertices) expect(spread[v]).toBeCloseTo(3, 4)
})
