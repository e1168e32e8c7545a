import { describe, expect, it } from 'vitest'
import { blurRows, blurWithin, gaussianBlur } from '../../../client/image/blur.ts'

/** The definition, in two dimensions and without shortcuts, at one pixel. */
function exactly(
  data: Float32Array,
  width: number,
  x0: number,
  y0: number,
  sigma: number,
  weight?: Float32Array,
) {
  let [sum, total] = [0, 0]
  data.forEach((value, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    const w = Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * sigma * sigma)) * (weight ? weight[i] : 1)
    sum += w * value
    total += w
  })
  return sum / total
}

describe('gaussianBlur', () => {
  it.each([0.8, 2, 5.9, 6.1, 9, 13, 30])('is the Gaussian of sigma %d, at the border too', (sigma) => {
    const [width, height] = [131, 90]
    const data = new Float32Array(width * height)
    for (let i = 0; i < data.length; i++) data[i] = (i * 7919) % 101 < 20 || i % width > 80 ? 1 : 0
    const got = gaussianBlur(data, width, height, 1, sigma)
    for (const [x, y] of [
      [0, 0],
      [130, 89],
      [65, 45],
      [79, 3],
      [83, 50],
    ]) {
      expect(Math.abs(got[y * width + x] - exactly(data, width, x, y, sigma))).toBeLessThan(0.01)
    }
  })

  it('has the peak of a Gaussian on an impulse, for a large sigma within 1%', () => {
    const n = 201
    const data = new Float32Array(n * n)
    data[100 * n + 100] = 1
    for (const sigma of [4, 7, 12, 20]) {
      const peak = gaussianBlur(data, n, n, 1, sigma)[100 * n + 100]
      expect(peak * 2 * Math.PI * sigma * sigma).toBeCloseTo(1, 1.7)
    }
  })

  it('keeps a constant, with and without weights, for several channels', () => {
    const weight = Float32Array.from({ length: 40 * 30 }, (_, i) => (i % 7 === 0 ? 1 : 0.2))
    const data = Float32Array.from({ length: 40 * 30 * 3 }, (_, i) => (i % 3) + 1)
    for (const w of [undefined, weight]) {
      for (const sigma of [1.5, 8]) {
        gaussianBlur(data, 40, 30, 3, sigma, w).forEach(
          (value, i) => void expect(value).toBeCloseTo((i % 3) + 1, 4),
        )
      }
    }
  })

  it('ignores what lies under weight 0 and agrees with the definition', () => {
    const [width, height] = [60, 50]
    const weight = Float32Array.from({ length: width * height }, (_, i) => (i % width < 30 ? 1 : 0))
    const data = Float32Array.from({ length: width * height }, (_, i) => (weight[i] ? Math.sin(i / 5) : 1e6))
    const got = gaussianBlur(data, width, height, 1, 4, weight)
    for (const [x, y] of [
      [5, 5],
      [29, 20],
      [33, 40],
    ]) {
      expect(got[y * width + x]).toBeCloseTo(exactly(data, width, x, y, 4, weight), 2)
    }
  })

  it('passes to wider blurs where no weight is near, without a step', () => {
    const n = 128
    const weight = Float32Array.from({ length: n * n }, (_, i) => (i % n < 10 ? 1 : 0))
    const data = Float32Array.from({ length: n * n }, (_, i) => 1 + (i % n) / 10)
    const got = gaussianBlur(data, n, n, 1, 3, weight)
    for (let x = 1; x < n; x++) {
      expect(got[64 * n + x]).toBeGreaterThanOrEqual(1)
      expect(Math.abs(got[64 * n + x] - got[64 * n + x - 1])).toBeLessThan(0.15)
    }
    expect(gaussianBlur(data, n, n, 1, 3, new Float32Array(n * n)).every((value) => value === 0)).toBe(true)
  })

  it.each([2, 9])('gives the same where it is wanted, and 0 elsewhere (sigma %d)', (sigma) => {
    const n = 96
    const weight = Float32Array.from({ length: n * n }, (_, i) => (i % n < 10 ? 1 : 0))
    const wanted = Float32Array.from({ length: n * n }, (_, i) => (i % 7 === 0 ? 1 : 0))
    const data = Float32Array.from({ length: n * n }, (_, i) => 1 + (i % n) / 10)
    const whole = gaussianBlur(data, n, n, 1, sigma, weight)
    const part = gaussianBlur(data, n, n, 1, sigma, weight, wanted)
    expect(part).toEqual(whole.map((value, i) => wanted[i] * value))
  })

  it('copies for sigma 0 and refuses arrays of the wrong size', () => {
    const data = new Float32Array([1, 2, 3, 4])
    expect(gaussianBlur(data, 2, 2, 1, 0)).toEqual(data)
    expect(() => gaussianBlur(data, 3, 2, 1, 1)).toThrow('3 x 2 x 1')
  })
})

describe('blurWithin', () => {
  it.each([1.4, 9])('is the weighted blur where there is weight, and 0 elsewhere (sigma %d)', (sigma) => {
    const [width, height] = [61, 50]
    const data = Float32Array.from({ length: 2 * width * height }, (_, k) => (k * 7919) % 101)
    // Far from what is seen even the blur of four times the width finds nothing.
    const weight = Float32Array.from({ length: width * height }, (_, i) => (i % width < 20 ? 1 : 0))
    const expected = gaussianBlur(data, width, height, 2, sigma, weight)
    blurWithin(data, width, height, 2, sigma, weight).forEach((value, k) => {
      if (weight[Math.floor(k / 2)]) expect(value).toBeCloseTo(expected[k], 3)
      else expect(value).toBe(0)
    })
  })
})

describe('blurRows', () => {
  it('is the blur of every third row', () => {
    const [width, height] = [40, 31]
    const data = Float32Array.from({ length: 3 * width * height }, (_, k) => (k * 7919) % 101)
    const whole = gaussianBlur(data, width, height, 3, 2.5)
    const rows = blurRows(data, width, height, 3, 2.5, 3)
    expect(rows.length).toBe(11 * width * 3)
    for (let y = 0; y < 11; y++)
      for (let k = 0; k < 3 * width; k++)
        expect(rows[y * 3 * width + k]).toBeCloseTo(whole[3 * y * 3 * width + k], 3)
  })
})
