import { describe, expect, it } from 'vitest'
import { usualFeatures } from '../../../client/face/usual-features.ts'

describe.each([64, 256])('the usual features at %i px', (size) => {
  const offset = usualFeatures(size)
  const at = (u: number, v: number) => {
    const texel = 3 * (Math.floor(v * size) * size + Math.floor(u * size))
    return [...offset.subarray(texel, texel + 3)]
  }

  it('are darker than skin where eyes, brows and nostrils are', () => {
    for (const [u, v] of [
      [0.347, 0.38],
      [0.335, 0.28],
      [0.458, 0.567],
    ])
      for (const value of at(u, v)) expect(value).toBeLessThan(-0.25)
  })

  it('are redder on the lips', () => {
    const [red, green] = at(0.47, 0.717)
    expect(red - green).toBeGreaterThan(0.1)
  })

  it('leave cheeks, forehead and chin as they are', () => {
    for (const [u, v] of [
      [0.14, 0.5],
      [0.5, 0.15],
      [0.5, 0.9],
    ])
      for (const value of at(u, v)) expect(Math.abs(value)).toBeLessThan(0.01)
  })

  it('are alike on both sides, and nothing in the chart of the mouth', () => {
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const [u, v] = [(x + 0.5) / size, (y + 0.5) / size]
        expect(at(u, v)).toEqual(at(1 - u, v))
      }
    expect(at(0.126, 0.926)).toEqual([0, 0, 0])
  })
})
