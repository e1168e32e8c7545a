import { describe, expect, test } from 'vitest'
import { contrastOf, contrastOff } from '../../../evaluation/metrics/contrast.ts'

const size = 64
const region = Uint8Array.from({ length: size * size }, (_, i) => {
  const [x, y] = [i % size, Math.floor(i / size)]
  return x > 20 && x < 44 && y > 20 && y < 44 ? 1 : 0
})
const texture = (level: (x: number, y: number) => number) =>
  Float32Array.from({ length: 3 * size * size }, (_, k) => {
    const i = Math.floor(k / 3)
    return level(i % size, Math.floor(i / size))
  })
const stripes = (wavelength: number, strength = 0.2) =>
  contrastOf(
    texture((x) => 0.5 + strength * Math.sin((2 * Math.PI * x) / wavelength)),
    size,
    region,
  )
const flat = contrastOf(
  texture(() => 0.4),
  size,
  region,
)

describe('contrastOf', () => {
  test('of a flat colour is the least at every scale', () => {
    for (const value of flat) expect(value).toBeCloseTo(Math.log(1e-4), 1)
  })

  test('is greatest at the wavelength and direction of stripes', () => {
    for (const [k, wavelength] of [3.5, 6, 11].entries()) {
      const found = stripes(wavelength)
      expect(found.indexOf(Math.max(...found))).toBe(4 * k)
    }
  })

  test('grows by the square of the strength', () => {
    expect(stripes(6, 0.1)[4] - stripes(6, 0.05)[4]).toBeCloseTo(Math.log(4), 1)
  })
})

test('contrastOff is 0 of the same, and the mean difference of others', () => {
  expect(contrastOff(flat, flat)).toBe(0)
  expect(contrastOff([1, 2], [2, 0])).toBe(1.5)
  expect(contrastOff(stripes(6), stripes(6, 0.15))).toBeLessThan(contrastOff(stripes(6), flat))
})
