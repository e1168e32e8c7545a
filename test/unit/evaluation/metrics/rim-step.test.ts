import { beforeAll, describe, expect, test } from 'vitest'
import { type CanonicalFace, canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../../client/capture/mesh/face-mesh.ts'
import { headAtlas } from '../../../../client/head/atlas.ts'
import { faceRim } from '../../../../client/head/face-rim.ts'
import { headMesh } from '../../../../client/head/head-mesh.ts'
import { random } from '../../../../client/image/random.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { rimStep } from '../../../evaluation/metrics/rim-step.ts'
import { hood } from '../../head/hood.ts'

const size = 256
let canonical: CanonicalFace
beforeAll(async () => {
  canonical = await canonicalFace(diskStore())
})

/** A face of noise about .5, and a rest of noise about that value. */
function steps(level: number) {
  const face = faceMesh(canonical.pos, canonical)
  const { normal } = random(1)
  const noise = (middle: number) =>
    Float32Array.from({ length: 3 * size * size }, () => middle + 0.02 * normal())
  const head = headMesh(hood(canonical), face, canonical)
  return rimStep(head, faceRim(face), headAtlas(noise(0.5), noise(level), size), size)
}

describe('rimStep', () => {
  test('is about 1 where the rest goes on as the face', () => {
    const { colour, gradient } = steps(0.5)
    expect(Math.abs(colour - 1)).toBeLessThan(0.25)
    expect(Math.abs(gradient - 1)).toBeLessThan(0.25)
  })

  test('tells a step', () => {
    const { colour, gradient } = steps(0.7)
    expect(colour).toBeGreaterThan(5)
    expect(gradient).toBeGreaterThan(3)
  })
})
