import { describe, expect, it } from 'vitest'
import { comparedSide, psnrCeiling, visiblePsnr } from '../../../../worker/contract/visible-psnr.ts'

const pixels = comparedSide * comparedSide
/** One colour, seen with the weight given. */
const plain = (grey: number, alpha: number) =>
  new Uint8Array(pixels * 4).map((_, i) => (i % 4 === 3 ? alpha : grey))

describe('visiblePsnr', () => {
  it('averages boxes of the texture before comparing', () => {
    const size = 2 * comparedSide
    // A checkerboard whose every box of 2 x 2 is grey 100 on average.
    const texture = new Uint8Array(size * size * 3).map((_, i) => {
      const texel = Math.floor(i / 3)
      return ((texel % size) + Math.floor(texel / size)) % 2 ? 0 : 200
    })
    expect(visiblePsnr(texture, 3, plain(100, 255))).toBe(psnrCeiling)
    expect(visiblePsnr(texture, 3, plain(110, 255))).toBeCloseTo(-10 * Math.log10((10 / 255) ** 2), 6)
  })

  it('weighs by alpha', () => {
    const sampled = plain(110, 100)
    // A quarter of the weight of all else, and the only place where it is wrong by 20.
    for (let i = 0; i < pixels * 2; i += 4) sampled.set([120, 120, 120, 25], i)
    const expected = -10 * Math.log10((100 * 100 + 25 * 400) / 125 / 255 ** 2)
    expect(visiblePsnr(new Uint8Array(pixels * 3).fill(100), 3, sampled)).toBeCloseTo(expected, 6)
  })

  it('says null where nothing is visible', () => {
    expect(visiblePsnr(new Uint8Array(pixels * 3), 3, plain(9, 0))).toBeNull()
  })

  it('tells rows from columns, and skips the alpha of an RGBA texture', () => {
    const texture = new Uint8Array(pixels * 4).map((_, i) => (i % 4 === 3 ? 7 : Math.floor(i / 4) % 256))
    const sampled = texture.map((value, i) => (i % 4 === 3 ? 255 : value))
    expect(visiblePsnr(texture, 4, sampled)).toBe(psnrCeiling)
  })

  it('refuses other sizes', () => {
    expect(() => visiblePsnr(new Uint8Array(300 * 300 * 3), 3, plain(0, 255))).toThrow('90000 pixels')
    expect(() => visiblePsnr(new Uint8Array(0), 3, plain(0, 255))).toThrow(RangeError)
    expect(() => visiblePsnr(new Uint8Array(pixels * 3), 3, new Uint8Array(4))).toThrow('4 bytes')
  })
})
