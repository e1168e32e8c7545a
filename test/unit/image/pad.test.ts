import { describe, expect, it } from 'vitest'
import { padTexture } from '../../../client/image/pad.ts'
import { resize } from '../../../client/image/resize.ts'

describe('padTexture', () => {
  const n = 96
  const coverage = new Uint8Array(n * n)
  const texture = new Float32Array(n * n * 3)
  for (let i = 0; i < n * n; i++) {
    const [x, y] = [i % n, Math.floor(i / n)]
    const left = Math.hypot(x - 30, y - 40) < 22
    const right = Math.abs(x - 80) < 8 && Math.abs(y - 70) < 8
    coverage[i] = left || right ? 1 : 0
    // A red chart and a blue one, on black.
    if (left) texture.set([0.8, 0.3, 0.2], i * 3)
    if (right) texture.set([0.1, 0.2, 0.9], i * 3)
  }
  const padded = padTexture(texture, n, coverage)

  it('leaves covered texels exactly as they are', () => {
    for (let i = 0; i < n * n * 3; i++) if (coverage[Math.floor(i / 3)]) expect(padded[i]).toBe(texture[i])
  })

  it('is never black, and continues each chart in its own colour', () => {
    for (let i = 0; i < n * n; i++)
      expect(padded[i * 3] + padded[i * 3 + 1] + padded[i * 3 + 2]).toBeGreaterThan(1)
    for (let x = 53; x < 56; x++) expect(padded[(40 * n + x) * 3]).toBeCloseTo(0.8, 1)
    expect(padded[(70 * n + 70) * 3 + 2]).toBeCloseTo(0.9, 1)
  })

  it('gives mipmaps without a dark rim', () => {
    const small = resize(padded, n, n, 3, n / 8, n / 8)
    const alone = resize(texture, n, n, 3, n / 8, n / 8)
    const border = (5 * 12 + 6) * 3
    expect(alone[border]).toBeLessThan(0.6)
    expect(small[border]).toBeCloseTo(0.8, 1)
  })

  it('is grey where nothing is covered, and works for odd sizes', () => {
    expect(padTexture(new Float32Array(75), 5, new Uint8Array(25)).every((value) => value === 0.5)).toBe(true)
  })

  it('refuses arrays of the wrong size', () => {
    expect(() => padTexture(texture, 10, coverage)).toThrow('10 x 10 x 3')
  })
})
