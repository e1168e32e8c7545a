import { expect, it } from 'vitest'
import { styleDensity, trustedSkin } from '../../../client/refine/style.ts'
import { smallProblem } from '../../support/problem.ts'

it('draws no style near the rim, of another kind, or from creases for unseen skin', () => {
  const size = 64
  const posed = smallProblem(size)
  posed.features.fill(1, 0, 8 * size)
  const { usable, feature, plain } = trustedSkin(posed, size)
  const density = styleDensity(posed, posed.freedom, size)
  expect(density.some((value) => value > 0)).toBe(true)
  density.forEach((value, i) => {
    if (!usable[i] || posed.weight[i] < 0.5) expect(value).toBe(0)
    if (feature[i]) expect(value).toBeLessThan(1e-6)
    else if (!plain[i]) expect(value).toBe(0)
  })
  // Trusted, but next to the disc that the photo does not show.
  const rim = posed.weight.findIndex((w, i) => w === 1 && posed.weight[i + 1] === 0)
  expect(usable[rim]).toBe(0)
})
