import { brotliCompressSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { readHeadModel } from '../../../../client/head/head-model.ts'
import { restMesh } from '../../../../client/head/rest-mesh.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { headModel, headModelOf, packHeadModel } from '../../../../models/head/head-model.ts'
import { readHuman } from '../../../../models/head/make-human.ts'
import { recipes } from '../../../../models/recipes.ts'
import { uvOverlap } from '../../../evaluation/data/uv-overlap.ts'
import { packageIsThere } from './package-is-there.ts'

test('is made of what is free, and not at a first start', () => {
  expect(headModel.licence).toBe('CC0-1.0')
  expect(recipes).not.toContain(headModel)
})

describe.skipIf(!packageIsThere)('the model file', () => {
  let bytes: Uint8Array
  let canonical: CanonicalFace

  beforeAll(async () => {
    canonical = await canonicalFace(diskStore())
    bytes = packHeadModel(headModelOf(await readHuman(), canonical))
  })

  test('is small', () => {
    expect(bytes.length).toBeLessThan(40_000)
    expect(brotliCompressSync(bytes).length).toBeLessThan(28_000)
  })

  test('lies on the canonical face', () => {
    const { landmarks } = readHeadModel(bytes)
    for (const [i] of canonical.basis) {
      const off = Math.hypot(...[0, 1, 2].map((c) => landmarks[3 * i + c] - canonical.pos[3 * i + c]))
      expect(off).toBeLessThan(1.5)
    }
  })

  test('becomes a mesh without overlaps in its layout', () => {
    const model = readHeadModel(bytes)
    const mesh = restMesh(model)
    expect(mesh.triangles).toHaveLength(3 * (4 * 2824 - 72))
    expect(uvOverlap(mesh, 2048)).toBe(0)
  })
})
