import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { rimVertices } from '../../../client/head/face-rim.ts'
import type { HeadModel } from '../../../client/head/head-model.ts'
import { headShape } from '../../../client/head/shape.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { hood, rings } from './hood.ts'

let canonical: CanonicalFace
let model: HeadModel
beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
  model = hood(canonical)
})

/** Turned by a quarter about the vertical, 1.2 times as large, moved. */
const moved = (x: number, y: number, z: number) => [1.2 * z + 3, 1.2 * y - 1, -1.2 * x + 2]
const movedAll = (points: ArrayLike<number>) =>
  Array.from({ length: points.length / 3 }, (_, v) =>
    moved(points[3 * v], points[3 * v + 1], points[3 * v + 2]),
  ).flat()

describe('headShape', () => {
  test('goes where the face goes', () => {
    const shape = headShape(model, faceMesh(movedAll(canonical.pos), canonical), canonical)
    const expected = movedAll(model.positions)
    shape.forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-3)
    })
  })

  test('follows a wider jaw near the face, and less and less behind it', () => {
    const chin = 152
    const [cx, cy] = canonical.pos.subarray(3 * chin)
    // The landmarks that place the head lie about eyes and nose.
    const wider = Float32Array.from(canonical.pos, (value, i) => {
      const [x, y] = [canonical.pos[i - (i % 3)], canonical.pos[i - (i % 3) + 1]]
      return i % 3 === 1 ? value - 1.5 * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 8) : value
    })
    const face = faceMesh(wider, canonical)
    const shape = headShape(model, face, canonical)
    const below = Array.from({ length: rimVertices }, (_, v) => v).reduce((low, v) =>
      model.positions[3 * v + 1] < model.positions[3 * low + 1] ? v : low,
    )
    const drop = Array.from({ length: rings }, (_, ring) => {
      const k = 3 * (ring * rimVertices + below) + 1
      return model.positions[k] - shape[k]
    })
    expect(drop[0]).toBeGreaterThan(1)
    for (let ring = 1; ring < 5; ring++) expect(drop[ring]).toBeLessThan(drop[ring - 1])
    expect(drop[1]).toBeGreaterThan(0.6 * drop[0])
    for (let ring = 8; ring < rings; ring++) expect(Math.abs(drop[ring])).toBeLessThan(0.12 * drop[0])
  })

  test("has the face's own rim, to the last bit", () => {
    const face = faceMesh(movedAll(canonical.pos), canonical)
    const shape = headShape(model, face, canonical)
    const inFace = new Set(
      Array.from({ length: face.positions.length / 3 }, (_, v) =>
        face.positions.subarray(3 * v, 3 * v + 3).join(' '),
      ),
    )
    for (let v = 0; v < rimVertices; v++) expect(inFace).toContain(shape.subarray(3 * v, 3 * v + 3).join(' '))
  })
})
