import { describe, expect, it } from 'vitest'
import { mirrorGain } from '../../../../client/capture/complete/mirror-gain.ts'

const size = 16
const texels = size * size
const isLeft = (i: number) => i % size < size / 2
const near = Uint8Array.from({ length: texels }, (_, i) => (isLeft(i) ? 1 : 0))
const all = new Float32Array(texels).fill(1)
const none = new Uint8Array(texels)
const even = (value: number) => new Float32Array(3 * texels).fill(value)

/** The mirror says `predicted`, the photo shows `found`, both against what the near half alone would give. */
function gain(
  predicted: number,
  found: number,
  { weight = all, mirroredWeight = all, features = none } = {},
) {
  const evidence = { log: even(4 + found), mirror: even(4 + predicted), held: even(4) }
  return mirrorGain({ size, weight }, mirroredWeight, near, features, evidence)
}

/** (p f + s^2 0.3) / (p^2 + s^2) with the expected error s = 0.12. */
const expected = (p: number, f: number) => (p * f + 0.0144 * 0.3) / (p * p + 0.0144)

describe('mirrorGain', () => {
  it.each([
    [0.3, 0.3],
    [0.3, 0.15],
    [-0.4, -0.1],
    [0.05, 0.05],
  ])('is the regression of what is found on what is predicted, shrunk: %d, %d', (predicted, found) => {
    expect(gain(predicted, found)).toBeCloseTo(expected(predicted, found), 4)
  })

  it('stays within 0 and 1', () => {
    expect(gain(0.3, 2)).toBe(1)
    expect(gain(0.3, -2)).toBe(0)
  })

  it('is 0.3 where nothing tells', () => {
    const hiddenFar = Float32Array.from(all, (_, i) => (isLeft(i) ? 1 : 0.5))
    expect(gain(0.3, 2, { weight: hiddenFar })).toBeCloseTo(0.3, 6)
    expect(gain(0.3, 2, { mirroredWeight: new Float32Array(texels) })).toBeCloseTo(0.3, 6)
    // Eyes of either side are not compared with skin of the other.
    const farFeatures = Uint8Array.from(near, (value) => 1 - value)
    for (const features of [farFeatures, near]) expect(gain(0.3, 2, { features })).toBeCloseTo(0.3, 6)
  })

  it('looks at low frequencies alone', () => {
    const wide = 128
    const stripes = (of: number) =>
      Float32Array.from({ length: 3 * wide * wide }, (_, k) => 4 + (Math.floor(k / 3) % 2 ? of : -of))
    const weight = new Float32Array(wide * wide).fill(1)
    const half = Uint8Array.from(weight, (_, i) => (i % wide < wide / 2 ? 1 : 0))
    const evidence = { log: stripes(-0.5), mirror: stripes(0.5), held: stripes(0) }
    const learnt = mirrorGain({ size: wide, weight }, weight, half, new Uint8Array(wide * wide), evidence)
    // Without the blur it would be 0: what is found is the opposite of what was predicted.
    expect(learnt).toBeCloseTo(0.3, 1)
  })
})
