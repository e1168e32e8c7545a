import { expect, it } from 'vitest'
import { meanAbsoluteDifference, psnr } from '../../../client/image/measure.ts'

const a = new Float32Array([0.5, 0.5, 0.2, 0.2])
const b = new Float32Array([0.6, 0.4, 0.7, 0.2])

it('psnr is in decibels of a range of 1, over the mask only', () => {
  expect(psnr(a, b, 2, [1, 0])).toBeCloseTo(20, 4)
  expect(psnr(a, b, 2)).toBeCloseTo(-10 * Math.log10(0.27 / 4), 4)
  expect(psnr(a, a, 2)).toBe(Number.POSITIVE_INFINITY)
  expect(psnr(a, b, 2, [0, 0])).toBeNaN()
})

it('meanAbsoluteDifference is what it says', () => {
  expect(meanAbsoluteDifference(a, b, 2, [0, 1])).toBeCloseTo(0.25, 5)
})

it('images of different sizes are refused', () => {
  expect(() => psnr(a, new Float32Array(2), 2)).toThrow('4 and 2')
})
