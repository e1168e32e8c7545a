import { describe, expect, it } from 'vitest'
import { random } from '../../../../client/image/random.ts'
import { inventedDetail } from '../../../evaluation/metrics/detail.ts'

const size = 128
const texels = size * size

/** Skin with noise, the right third invented with noise of another strength. */
function face(invented: number, light = 1) {
  const { normal } = random(5)
  const isSeen = (i: number) => i % size < 85
  const texture = Float32Array.from({ length: 3 * texels }, (_, k) => {
    const strength = isSeen(Math.floor(k / 3)) ? 0.02 : 0.02 * invented
    return 0.6 * light * (1 + strength * normal())
  })
  return inventedDetail(texture, {
    size,
    coverage: new Uint8Array(texels).fill(1),
    weight: Float32Array.from({ length: texels }, (_, i) => (isSeen(i) ? 1 : 0)),
    evidence: Uint8Array.from({ length: texels }, (_, i) => (isSeen(i) ? 1 : 0)),
    features: new Uint8Array(texels),
  })
}

describe('detail of invented skin', () => {
  it('is 1 where it is as rough as seen skin, in any light', () => {
    expect(face(1)).toBeCloseTo(1, 1)
    expect(face(1, 0.5)).toBeCloseTo(1, 1)
  })

  it('tells leather and wax', () => {
    expect(face(3)).toBeCloseTo(3, 0)
    expect(face(0.2)).toBeCloseTo(0.2, 1)
  })

  it('is not known where nothing is invented', () => {
    const all = new Uint8Array(texels).fill(1)
    const known = { size, coverage: all, evidence: all, features: new Uint8Array(texels) }
    expect(
      inventedDetail(new Float32Array(3 * texels), { ...known, weight: new Float32Array(texels).fill(1) }),
    ).toBeNull()
  })
})
