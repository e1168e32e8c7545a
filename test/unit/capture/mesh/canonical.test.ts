import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder } from '../../../../models/paths.ts'

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'the canonical face (needs npm run models)',
  () => {
    let face: CanonicalFace
    beforeAll(async () => {
      face = await canonicalFace(diskStore())
    })

    it('has 468 vertices with UVs in the unit square and 898 triangles between them', () => {
      expect(face.pos.length).toBe(468 * 3)
      expect(face.uv.length).toBe(468 * 2)
      expect(face.tri.length).toBe(898 * 3)
      expect(face.uv.every((value) => value >= 0 && value <= 1)).toBe(true)
      expect(new Set(face.tri)).toEqual(new Set(Array.from({ length: 468 }, (_, i) => i)))
    })

    it('is a head in centimetres: x to the right, y up, z towards the viewer', () => {
      const at = (i: number) => face.pos.subarray(3 * i, 3 * i + 3)
      const [forehead, chin, nose, left, right] = [10, 152, 4, 234, 454].map(at)
      expect(forehead[1] - chin[1]).toBeGreaterThan(14)
      expect(forehead[1] - chin[1]).toBeLessThan(20)
      expect(right[0] - left[0]).toBeGreaterThan(12)
      expect(right[0] - left[0]).toBeLessThan(18)
      expect(nose[2]).toBeGreaterThan(left[2] + 5)
    })

    it('has its forehead at the top of the texture and its left in the image on the left', () => {
      const [forehead, chin, left, right] = [10, 152, 234, 454].map((i) => face.uv.subarray(2 * i, 2 * i + 2))
      expect(forehead[1]).toBeLessThan(chin[1])
      expect(left[0]).toBeLessThan(right[0])
    })

    it('pairs each vertex with its mirror image', () => {
      face.mirror.forEach((partner, i) => {
        expect(face.mirror[partner], `the partner of the partner of ${i}`).toBe(i)
        expect(face.pos[3 * partner]).toBeCloseTo(-face.pos[3 * i], 1)
        expect(face.pos[3 * partner + 1]).toBeCloseTo(face.pos[3 * i + 1], 1)
      })
    })

    it('weighs 33 landmarks for the pose, the same left and right', () => {
      expect(face.basis.length).toBe(33)
      const weights = new Map(face.basis)
      for (const [index, weight] of face.basis) {
        expect(weight).toBeGreaterThan(0)
        expect(weights.get(face.mirror[index]), `weight of the partner of ${index}`).toBeCloseTo(weight, 6)
      }
    })
  },
)
