import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../models/canonical-face.ts'
import { root } from '../../../models/paths.ts'

const reference = join(root, '..', 'shared', 'canonical', 'canon.json')
let face: CanonicalFace

beforeAll(async () => {
  const files = await canonicalFace.make()
  face = JSON.parse(new TextDecoder().decode(files.get('canonical.json')))
})

describe('the canonical face', () => {
  test('has the 468 landmarks as vertices, 898 triangles and 33 Procrustes weights', () => {
    expect(face.pos).toHaveLength(468)
    expect(face.uv).toHaveLength(468)
    expect(face.tri).toHaveLength(898 * 3)
    expect(Math.max(...face.tri)).toBe(467)
    expect(face.basis).toHaveLength(33)
  })

  test('is about a head wide, with the nose in front and uv in the unit square', () => {
    const [xs, , zs] = [0, 1, 2].map((axis) => face.pos.map((vertex) => vertex[axis]))
    expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(15.3, 0)
    // Landmark 4 is near the tip of the nose.
    expect(face.pos[4][2]).toBeCloseTo(Math.max(...zs), 0)
    expect(face.uv.flat().every((value) => value >= 0 && value <= 1)).toBe(true)
    // The forehead is above the chin; v runs downwards.
    expect(face.pos[10][1]).toBeGreaterThan(face.pos[152][1])
    expect(face.uv[10][1]).toBeLessThan(face.uv[152][1])
  })

  test('pairs left with right', () => {
    // Outer corners of the eyes.
    expect(face.mirror[33]).toBe(263)
    face.mirror.forEach((partner, vertex) => {
      expect(face.mirror[partner]).toBe(vertex)
      expect(face.pos[partner][0]).toBeCloseTo(-face.pos[vertex][0], 3)
    })
  })

  test.skipIf(!existsSync(reference))('equals the reference extraction (skipped without ../shared)', () => {
    expect(face).toEqual(JSON.parse(readFileSync(reference, 'utf8')))
  })
})
