import { expect, test } from 'vitest'
import { canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { rasterize, texelLayout } from '../../../client/capture/mesh/rasterize.ts'
import { headMesh } from '../../../client/head/head-mesh.ts'
import { restAttribute } from '../../../client/head/rest-attribute.ts'
import { restMesh } from '../../../client/head/rest-mesh.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood } from './hood.ts'

test('each of the rest’s texels gets what its own vertices have', async () => {
  const size = 64
  const canonical = await canonicalFace(diskStore())
  const head = headMesh(hood(canonical), faceMesh(canonical.pos, canonical), canonical)
  const uv = head.uv.map((value, i) => (i % 2 ? value : 2 * value - 1))
  const layout = rasterize(texelLayout(uv, size), head.triangles, size, size)
  const rest = restMesh(hood(canonical))
  // Its own u.
  const values = rest.uv.filter((_, k) => k % 2 === 0)
  const texels = restAttribute(head, layout, values)
  for (let i = 0; i < texels.length; i++)
    expect(texels[i]).toBeCloseTo(layout.triangle[i] < 0 ? 0 : ((i % size) + 0.5) / size, 2)
})
