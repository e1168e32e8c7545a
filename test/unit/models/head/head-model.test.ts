import { brotliCompressSync } from 'node:zlib'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { readHeadModel } from '../../../../client/head/head-model.ts'
import { restMesh } from '../../../../client/head/rest-mesh.ts'
import { median } from '../../../../client/image/statistics.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { headModel, meanHeadOf, packHeadModel } from '../../../../models/head/head-model.ts'
import { readHuman } from '../../../../models/head/make-human.ts'
import { uvOverlap } from '../../../evaluation/data/uv-overlap.ts'
import { packageIsThere } from './package-is-there.ts'

// A machine that may be busy with the rest of the suite.
vi.setConfig({ hookTimeout: 120_000 })

test('is made of what is free', () => {
  expect(headModel.licence).toBe('CC0-1.0')
})

describe.skipIf(!packageIsThere)('the model file', () => {
  let bytes: Uint8Array
  let canonical: CanonicalFace

  beforeAll(async () => {
    canonical = await canonicalFace(diskStore())
    bytes = packHeadModel(meanHeadOf(await readHuman(), canonical).head)
  }, 60_000)

  test('is small', () => {
    expect(bytes.length).toBeLessThan(44_000)
    expect(brotliCompressSync(bytes).length).toBeLessThan(29_000)
  })

  test('lies on the canonical face', () => {
    const { landmarks } = readHeadModel(bytes)
    for (const [i] of canonical.basis) {
      const off = Math.hypot(...[0, 1, 2].map((c) => landmarks[3 * i + c] - canonical.pos[3 * i + c]))
      expect(off).toBeLessThan(1.5)
    }
  })

  test('lies open on the scalp, and less so under the chin and behind the ears', () => {
    const { positions, openness } = readHeadModel(bytes)
    const typical = (where: (x: number, y: number, z: number) => boolean) =>
      median(
        openness.filter((_, v) => where(positions[3 * v], positions[3 * v + 1], positions[3 * v + 2])),
        20,
      )!
    const scalp = typical((_, y) => y > 5)
    expect(scalp).toBeGreaterThan(0.6)
    expect(typical((_, y, z) => y < -6 && z > -4)).toBeLessThan(0.7 * scalp)
    expect(typical((x, y) => Math.abs(x) > 7.6 && Math.abs(y) < 5)).toBeLessThan(0.8 * scalp)
  })

  test('becomes a mesh without overlaps in its layout', () => {
    const model = readHeadModel(bytes)
    const mesh = restMesh(model)
    expect(mesh.triangles).toHaveLength(3 * (4 * 2974 - 72))
    expect(uvOverlap(mesh, 2048)).toBe(0)
  })
})
