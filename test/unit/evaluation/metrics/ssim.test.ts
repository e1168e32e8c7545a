import { expect, it } from 'vitest'
import { ssim } from '../../../evaluation/metrics/ssim.ts'

const width = 48
const height = 40
type Formula = (x: number, y: number) => number
const waves: Formula = (x, y) =>
  0.5 + 0.3 * Math.sin(0.37 * x + 0.11 * y) * Math.cos(0.23 * y) + 0.15 * Math.sin((0.9 * x * y) / 40)
const disturbed: Formula = (x, y) => 0.9 * waves(x, y) + 0.04 + 0.08 * Math.sin(1.7 * x - 0.6 * y)

/** Grey, so that luma is the formula's value. */
const grey = (formula: Formula) =>
  Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return formula(pixel % width, Math.floor(pixel / width))
  })
const where = (inside: (x: number, y: number) => boolean) =>
  Uint8Array.from({ length: width * height }, (_, i) => (inside(i % width, Math.floor(i / width)) ? 1 : 0))

const a = grey(waves)
const b = grey(disturbed)

// scikit-image 0.19.3 on the same images (float32 values): structural_similarity(a, b, gaussian_weights=True, sigma=1.5,
// use_sample_covariance=False, data_range=1, full=True); the map without 5 pixels of border, and three of its values.
it('agrees with scikit-image where the whole window lies in the image', () => {
  const interior = where((x, y) => x >= 5 && y >= 5 && x < width - 5 && y < height - 5)
  expect(ssim(a, b, width, height, interior)).toBeCloseTo(0.8742418724046163, 6)
  const known = [
    [10, 20, 0.8282330150051286],
    [40, 8, 0.8599762454744538],
    [30, 30, 0.9144588210655509],
  ]
  for (const [column, row, value] of known) {
    const pixel = where((x, y) => x === column && y === row)
    expect(ssim(a, b, width, height, pixel)).toBeCloseTo(value, 5)
  }
})

it('is 1 for equal images and symmetric', () => {
  expect(ssim(a, a, width, height)).toBeCloseTo(1, 12)
  expect(ssim(a, b, width, height)).toBeCloseTo(ssim(b, a, width, height), 12)
})

it('flat images have the luminance term alone, at the border too', () => {
  const value = ssim(
    grey(() => 0.5),
    grey(() => 0.25),
    width,
    height,
    where((x, y) => x === 0 && y === 0),
  )
  expect(value).toBeCloseTo((2 * 0.125 + 1e-4) / (0.25 + 0.0625 + 1e-4), 6)
})

it('pixels outside the mask take part in the windows', () => {
  const mask = where((x) => x < 20)
  const near = grey((x, y) => (x === 21 ? 0 : waves(x, y)))
  const far = grey((x, y) => (x === 30 ? 0 : waves(x, y)))
  expect(ssim(a, near, width, height, mask)).toBeLessThan(0.99)
  expect(ssim(a, far, width, height, mask)).toBeCloseTo(1, 12)
})

it('an empty mask has no mean, other sizes are refused', () => {
  expect(
    ssim(
      a,
      b,
      width,
      height,
      where(() => false),
    ),
  ).toBeNaN()
  expect(() => ssim(a, b.subarray(3), width, height)).toThrow('48 x 40 x 3')
})
