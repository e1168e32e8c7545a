import { describe, expect, test } from 'vitest'
import {
  colourFeatures,
  colourModel,
  colourModelFit,
  featureCount,
} from '../../../client/head/colour-model.ts'
import { random } from '../../../client/image/random.ts'
import { type Colour, drawnView, mask, noisy } from './drawn-view.ts'

const pixelsOf = (is: (x: number, y: number) => boolean) =>
  [...mask(is)].flatMap((value, i) => (value ? [i] : []))
const featureAt = (features: Float32Array, i: number) =>
  features.subarray(featureCount * i, featureCount * (i + 1))

/** Two colours of the same roughness, left and right. */
function halves(left: Colour, right: Colour) {
  const noise = noisy(3)
  const view = drawnView({ colour: (x) => noise(x < 0 ? left : right, 0.05) })
  const features = colourFeatures(view)
  const weight = new Float32Array(view.shown.length).fill(1)
  // Each is learnt from its upper half, and judged in its lower one, away from the border.
  const learn = (sign: number) =>
    colourModel(
      features,
      pixelsOf((x, y) => sign * x > 1 && y > 2),
      weight,
    )
  const models = [-1, 1].map(learn)
  return [-1, 1].map((sign, own) => {
    const places = pixelsOf((x, y) => sign * x > 1 && sign * x < 6 && y < 0 && y > -10)
    const right = places.filter((i) => {
      const fits = models.map((model) => colourModelFit(model, featureAt(features, i)))
      return fits[own] > fits[1 - own]
    })
    return right.length / places.length
  })
}

describe('colourModel', () => {
  test.each([
    ['of other brightness', [60, 50, 40], [120, 100, 80]],
    ['of other tint', [120, 100, 80], [97, 97, 97]],
  ] as const)('tells colours %s', (_, left, right) => {
    for (const share of halves(left, right)) expect(share).toBeGreaterThan(0.97)
  })

  test('knows no difference where there is none', () => {
    const [left, right] = halves([120, 100, 80], [120, 100, 80])
    expect(left + right).toBeLessThan(1.3)
  })

  test('tells rough from smooth of one colour', () => {
    const noise = noisy(3)
    const view = drawnView({ colour: (x) => noise([120, 100, 80], x < 0 ? 0.02 : 0.25) })
    const features = colourFeatures(view)
    const mean = (is: (x: number) => boolean) => {
      const places = pixelsOf(is)
      return places.reduce((sum, i) => sum + features[featureCount * i + 3], 0) / places.length
    }
    // A tenfold detail, in log units times .4.
    const difference = mean((x) => x > 2) - mean((x) => x < -2)
    expect(difference).toBeGreaterThan(0.5)
    expect(difference).toBeLessThan(0.4 * Math.log(12.5) + 0.05)
  })

  test('has the colours of a thing of several', () => {
    const { next, normal } = random(1)
    const count = 400
    const centres = [-2, 0, 2, 5]
    const features = Float32Array.from({ length: featureCount * count }, () => 0)
    for (let i = 0; i < count; i++)
      features[featureCount * i] = centres[Math.floor(4 * next())] + 0.05 * normal()
    const weight = new Float32Array(count).fill(1)
    const model = colourModel(features, [...Array(count).keys()], weight)!
    const found = model.clusters.map(({ centre }) => centre[0]).sort((a, b) => a - b)
    expect(found).toHaveLength(4)
    for (const [k, centre] of centres.entries()) expect(Math.abs(found[k] - centre)).toBeLessThan(0.05)
    const likely = (value: number) => colourModelFit(model, Float32Array.of(value, 0, 0, 0))
    for (const centre of centres) expect(likely(centre)).toBeGreaterThan(likely(centre + 1) + 5)
  })

  test('learns nothing of too few pixels, nor of what has no weight', () => {
    const features = new Float32Array(featureCount * 100)
    const weight = new Float32Array(100).fill(1)
    expect(colourModel(features, [...Array(39).keys()], weight)).toBeNull()
    const pixels = [...Array(100).keys()]
    // Half of them white, without weight.
    for (let i = 50; i < 100; i++) {
      features[featureCount * i] = 9
      weight[i] = 0
    }
    const model = colourModel(features, pixels, weight)
    const likely = (value: number) => colourModelFit(model, Float32Array.of(value, 0, 0, 0))
    expect(likely(0)).toBeGreaterThan(likely(9) + 5)
  })

  test('colours that nobody has seen are as unlikely for all', () => {
    const far = Float32Array.of(100, 0, 0, 0)
    const one = colourModel(
      new Float32Array(featureCount * 50),
      [...Array(50).keys()],
      new Float32Array(50).fill(1),
    )
    expect(colourModelFit(one, far)).toBeCloseTo(colourModelFit(null, far), 9)
  })
})
