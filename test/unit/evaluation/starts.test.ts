import { describe, expect, it } from 'vitest'
import type { Capture } from '../../../client/face/types.ts'
import { generatorLike } from '../../evaluation/starts.ts'
import { randomArray } from '../../support/random.ts'

const size = 64
const texels = size * size

/** A round chart whose left half is seen, in reddish, lively colours. */
const radius = (i: number) => Math.hypot((i % size) - 31.5, Math.floor(i / size) - 31.5)
const coverage = Uint8Array.from({ length: texels }, (_, i) => (radius(i) < 30 ? 1 : 0))
const weight = Float32Array.from({ length: texels }, (_, i) => (coverage[i] && i % size < 32 ? 1 : 0))
const colours = [
  { mean: 0.7, swing: 0.1 },
  { mean: 0.5, swing: 0.08 },
  { mean: 0.4, swing: 0.05 },
]
const pattern = (k: number) => Math.sin(0.21 * (Math.floor(k / 3) % size)) * Math.cos(0.17 * (k / 3 / size))
const sampled = Float32Array.from({ length: 3 * texels }, (_, k) =>
  weight[Math.floor(k / 3)] ? colours[k % 3].mean + colours[k % 3].swing * pattern(k) : 0,
)
const capture = { size, sampled, weight, coverage } as Capture

/** Bluish and dim: broad waves with fine grain. */
const grain = randomArray(3 * texels, 3, -0.05, 0.05)
const donor = Float32Array.from(
  { length: 3 * texels },
  (_, k) => 0.2 + 0.1 * (k % 3) + 0.08 * Math.sin(0.1 * (k / 3 / size)) + grain[k],
)

/** Mean and standard deviation of a channel under a mask. */
function moments(image: Float32Array, channel: number, mask: ArrayLike<number>) {
  const values = Array.from({ length: texels }, (_, i) => i)
    .filter((i) => mask[i])
    .map((i) => image[3 * i + channel])
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) }
}

/** Root mean square difference between neighbours in a row, over covered texels, of the first channel. */
function roughness(image: Float32Array) {
  let [sum, count] = [0, 0]
  for (let i = 1; i < texels; i++) {
    if (!coverage[i] || !coverage[i - 1] || i % size === 0) continue
    sum += (image[3 * i] - image[3 * i - 3]) ** 2
    count++
  }
  return Math.sqrt(sum / count)
}

describe('generatorLike', () => {
  const made = generatorLike(donor, capture)

  it("takes the photo's colours", () => {
    for (let c = 0; c < 3; c++) {
      const [own, seen] = [moments(made, c, coverage), moments(sampled, c, weight)]
      expect(own.mean).toBeCloseTo(seen.mean, 2)
      expect(own.deviation).toBeLessThan(seen.deviation)
      expect(own.deviation).toBeGreaterThan(0.5 * seen.deviation)
    }
  })

  it("keeps the other person's forms, and blurs them", () => {
    let [product, left, right] = [0, 0, 0]
    const [a, b] = [moments(made, 0, coverage).mean, moments(donor, 0, coverage).mean]
    for (let i = 0; i < texels; i++) {
      if (!coverage[i]) continue
      product += (made[3 * i] - a) * (donor[3 * i] - b)
      left += (made[3 * i] - a) ** 2
      right += (donor[3 * i] - b) ** 2
    }
    expect(product / Math.sqrt(left * right)).toBeGreaterThan(0.8)
    const sharpened = moments(sampled, 0, weight).deviation / moments(donor, 0, coverage).deviation
    // Sigma is half a texel at 64: neighbours lose a good part of their difference, but not all.
    const kept = roughness(made) / (sharpened * roughness(donor))
    expect(kept).toBeLessThan(0.8)
    expect(kept).toBeGreaterThan(0.4)
  })

  it('is the same every time, and leaves the given as it was', () => {
    const before = donor.slice()
    expect(generatorLike(donor, capture)).toEqual(made)
    expect(donor).toEqual(before)
  })

  it('blurs by the size of the texture, not by texels', () => {
    const large = 2 * size
    const doubled = (data: Float32Array, channels: number) =>
      Float32Array.from({ length: channels * large * large }, (_, k) => {
        const i = Math.floor(k / channels)
        const from = Math.floor(Math.floor(i / large) / 2) * size + Math.floor((i % large) / 2)
        return data[channels * from + (k % channels)]
      })
    const big = generatorLike(doubled(donor, 3), {
      size: large,
      sampled: doubled(sampled, 3),
      weight: doubled(weight, 1),
      coverage: Uint8Array.from(doubled(Float32Array.from(coverage), 1)),
    } as Capture)
    // The same picture at twice the size, looked at from twice as far.
    const shrunk = Float32Array.from({ length: 3 * texels }, (_, k) => {
      const i = Math.floor(k / 3)
      return big[3 * (2 * Math.floor(i / size) * large + 2 * (i % size)) + (k % 3)]
    })
    const ratio = roughness(shrunk) / roughness(made)
    // Twice the sigma takes twice the fineness off; half a texel again would leave more than before.
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(1)
  })

  it('is a colour everywhere, also beyond the charts and where the photo shows nothing', () => {
    const blind = { ...capture, weight: new Float32Array(texels) }
    for (const texture of [made, generatorLike(donor, blind)])
      expect(texture.every((value) => value > 0 && value < 1)).toBe(true)
    expect(moments(generatorLike(donor, blind), 1, coverage).mean).toBeCloseTo(0.5, 2)
  })
})
