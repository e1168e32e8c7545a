import { describe, expect, it } from 'vitest'
import { poissonMirror } from '../../../../client/capture/complete/poisson-mirror.ts'
import type { Unwrap } from '../../../../client/face/types.ts'
import { mirrorTexture, toLog } from '../../../../client/image/log-texture.ts'
import { randomArray } from '../../../support/random.ts'

const size = 16
const texels = size * size
const isLeft = (i: number) => i % size < size / 2

/** A square chart whose left half the photo shows. */
function halfSeen(symmetric: boolean): Unwrap {
  const colours = randomArray(3 * texels, 4, 0.2, 0.8)
  return {
    size,
    coverage: new Uint8Array(texels).fill(1),
    sampled: colours.map((value, k) => (isLeft(Math.floor(k / 3)) ? value : 0)),
    weight: Float32Array.from({ length: texels }, (_, i) => (isLeft(i) ? 1 : 0)),
    normals: new Float32Array(3 * texels),
    features: new Uint8Array(texels),
    symmetric,
  }
}

const atTexels = (image: Float32Array, which: (i: number) => boolean) =>
  image.filter((_, k) => which(Math.floor(k / 3)))

describe('poissonMirror', () => {
  it('keeps what the photo shows, and is its mirror image on the other side', () => {
    const unwrap = halfSeen(true)
    const filled = poissonMirror(unwrap)
    const seen = toLog(unwrap.sampled)
    expect(atTexels(filled, isLeft)).toEqual(atTexels(seen, isLeft))
    const [there, mirrored] = [filled, mirrorTexture(seen, size, 3)].map((image) =>
      atTexels(image, (i) => !isLeft(i)),
    )
    there.forEach((value, k) => {
      expect(value).toBeCloseTo(mirrored[k], 3)
    })
  })

  it('is a membrane in a layout without symmetry: between the extremes of its rim', () => {
    const unwrap = halfSeen(false)
    const filled = poissonMirror(unwrap)
    const seen = toLog(unwrap.sampled)
    for (let c = 0; c < 3; c++) {
      const rim = [...seen.filter((_, k) => k % 3 === c && Math.floor(k / 3) % size === size / 2 - 1)]
      const far = filled.filter((_, k) => k % 3 === c && Math.floor(k / 3) % size === size - 1)
      for (const value of far) {
        expect(value).toBeGreaterThan(Math.min(...rim))
        expect(value).toBeLessThan(Math.max(...rim))
      }
    }
  })

  it('gives a chart without any seen texel the mean colour of the rest', () => {
    const unwrap = halfSeen(false)
    // The last column is a chart of its own.
    const coverage = unwrap.coverage.map((_, i) => (i % size === size - 2 ? 0 : 1))
    const sampled = unwrap.sampled.map((_, k) => (isLeft(Math.floor(k / 3)) ? [0.6, 0.5, 0.4][k % 3] : 0))
    const filled = poissonMirror({ ...unwrap, coverage, sampled })
    const [r, g, b] = filled.subarray(3 * (size - 1))
    expect([r, g, b].map((value) => (Math.exp(value) - 8) / 255)).toEqual(
      [0.6, 0.5, 0.4].map((value) => expect.closeTo(value, 4)),
    )
    expect([...filled.subarray(3 * (size - 2), 3 * (size - 1))]).toEqual([0, 0, 0])
  })

  it('is grey where the photo shows nothing', () => {
    const unwrap = {
      ...halfSeen(true),
      weight: new Float32Array(texels),
      sampled: new Float32Array(3 * texels),
    }
    for (const value of poissonMirror(unwrap)) expect(value).toBeCloseTo(Math.log(128), 5)
  })
})
