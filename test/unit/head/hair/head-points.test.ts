import { expect, test } from 'vitest'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { rimVertices } from '../../../../client/head/face-rim.ts'
import { headPoints } from '../../../../client/head/hair/head-points.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { hood } from '../hood.ts'

test('has the landmarks and what lies behind the rim, with normals outwards', async () => {
  const canonical = await canonicalFace(diskStore())
  const model = hood(canonical)
  const { positions, normals } = headPoints(model, model, canonical)
  const behind = model.positions.length / 3 - rimVertices
  expect(positions).toHaveLength(3 * (468 + behind))
  expect([...positions.subarray(3 * 468)]).toEqual([...model.positions.subarray(3 * rimVertices)])
  const noseTip = 4
  expect(normals[3 * noseTip + 2]).toBeGreaterThan(0.8)
  // The hood's sides point away from its axis.
  for (let v = 468; v < 468 + behind; v++) {
    const [x, y] = positions.subarray(3 * v)
    const outwards = normals[3 * v] * x + normals[3 * v + 1] * y
    expect(outwards).toBeGreaterThan(0)
  }
})
