import { expect, it } from 'vitest'
import { inMouthChart, mouthEllipse, mouthTexels } from '../../../client/face/mouth-chart.ts'

const { u, v, width, height } = mouthEllipse

it('is an ellipse around its centre, within the texture', () => {
  for (const [x, y] of [
    [u, v],
    [u + 0.99 * width, v],
    [u, v - 0.99 * height],
  ])
    expect(inMouthChart(x, y)).toBe(true)
  expect(inMouthChart(u + 1.01 * width, v)).toBe(false)
  expect(inMouthChart(u + 0.8 * width, v + 0.8 * height)).toBe(false)
  expect(Math.min(u - width, v - height, 1 - v - height)).toBeGreaterThan(0)
  // The mirror image lies on the other half.
  expect(u + width).toBeLessThan(0.5)
})

it.each([64, 256])('has its share of the texels at %i px', (size) => {
  const texels = mouthTexels(size).reduce((sum, value) => sum + value, 0)
  expect(texels / size ** 2 / (Math.PI * width * height)).toBeCloseTo(1, 1)
})
