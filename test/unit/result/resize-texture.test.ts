import { describe, expect, it } from 'vitest'
import { resizeTexture } from '../../../client/result/resize-texture.ts'
import { gradientTexture } from './synthetic.ts'

/** dB */
function psnr(a: Float32Array, b: Float32Array): number {
  const squares = a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0)
  return -10 * Math.log10(squares / a.length)
}

describe('resizeTexture', () => {
  it('hands the texture back where its size stays', () => {
    const texture = gradientTexture(8)
    expect(resizeTexture(texture, 8, 8)).toBe(texture)
  })

  it('keeps a plain colour plain, larger and smaller', () => {
    const plain = Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => [0.8, 0.55, 0.4][i % 3])
    for (const size of [8, 20, 64, 100]) {
      const resized = resizeTexture(plain, 32, size)
      expect(resized.length).toBe(size * size * 3)
      resized.forEach((value, i) => {
        expect(value).toBeCloseTo([0.8, 0.55, 0.4][i % 3], 5)
      })
    }
  })

  it('leaves every texel where it was: half a texel to the side would be seen', () => {
    const ramp = (size: number) =>
      Float32Array.from({ length: size * size * 3 }, (_, k) => {
        const [x, y] = [Math.floor(k / 3) % size, Math.floor(k / 3 / size)]
        return 0.3 + 0.4 * (((k % 3 ? x : y) + 0.5) / size)
      })
    expect(psnr(resizeTexture(ramp(128), 128, 64), ramp(64))).toBeGreaterThan(80)
    expect(psnr(resizeTexture(ramp(64), 64, 128), ramp(128))).toBeGreaterThan(50)
  })

  it('turns along with the picture', () => {
    const size = 16
    const texture = gradientTexture(size)
    const transposed = (image: Float32Array, n: number) =>
      image.map((_, k) => {
        const [i, c] = [Math.floor(k / 3), k % 3]
        return image[3 * ((i % n) * n + Math.floor(i / n)) + c]
      })
    const one = resizeTexture(transposed(texture, size), size, 40)
    const other = transposed(resizeTexture(texture, size, 40), 40)
    expect(psnr(one, other)).toBeGreaterThan(70)
  })

  it('makes no halo beside an edge', () => {
    const edge = Float32Array.from({ length: 16 * 16 * 3 }, (_, k) =>
      Math.floor(k / 3) % 16 < 8 ? 0.2 : 0.7,
    )
    const large = resizeTexture(edge, 16, 64)
    expect(Math.min(...large)).toBeGreaterThanOrEqual(Math.fround(0.2))
    expect(Math.max(...large)).toBeLessThanOrEqual(Math.fround(0.7))
    const row = Array.from({ length: 64 }, (_, x) => large[3 * (32 * 64 + x)])
    for (let x = 1; x < 64; x++) expect(row[x]).toBeGreaterThanOrEqual(row[x - 1])
  })

  it('averages light, not its encoding: black and white meet at 188, not at 128', () => {
    const checker = Float32Array.from(
      { length: 4 * 4 * 3 },
      (_, k) => (Math.floor(k / 3) + Math.floor(k / 12)) % 2,
    )
    for (const value of resizeTexture(checker, 4, 2)) expect(Math.round(value * 255)).toBe(188)
  })

  it.each([
    [() => resizeTexture(new Float32Array(10), 4, 8), 'has 48 values; 10 were given'],
    [() => resizeTexture(new Float32Array(48), 4, 0), 'cannot have 0 texels a side'],
    [() => resizeTexture(new Float32Array(48), 4, 5000), 'take a whole number, as 512, 1024, 2048'],
  ])('refuses what it cannot do (%#)', (act, sentence) => {
    expect(act).toThrow(RangeError)
    expect(act).toThrow(sentence)
  })
})
