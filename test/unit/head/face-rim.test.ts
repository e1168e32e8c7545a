import { expect, test } from 'vitest'
import { canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { faceOutline } from '../../../client/face/contours.ts'
import { faceRim, rimVertices } from '../../../client/head/face-rim.ts'
import { diskStore } from '../../../client/runtime/disk.ts'

test('the rim goes along the outline, with a vertex between each two landmarks', async () => {
  const canonical = await canonicalFace(diskStore())
  const mesh = faceMesh(canonical.pos, canonical)
  const rim = faceRim(mesh)
  expect(rim).toHaveLength(rimVertices)
  // The outline runs clockwise, the rim has the face to its left.
  expect(rim.filter((_, i) => i % 2 === 0)).toEqual([faceOutline[0], ...faceOutline.slice(1).reverse()])
  for (let i = 1; i < rim.length; i += 2) {
    const [a, b, middle] = [rim[i - 1], rim[(i + 1) % rim.length], rim[i]].map((v) =>
      mesh.positions.subarray(3 * v, 3 * v + 3),
    )
    const distance = (p: Float32Array, q: Float32Array) => Math.hypot(...p.map((value, c) => value - q[c]))
    expect(distance(a, middle)).toBeLessThan(0.6 * distance(a, b))
    expect(distance(middle, b)).toBeLessThan(0.6 * distance(a, b))
  }
})
