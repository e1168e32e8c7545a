import { describe, expect, it } from 'vitest'
import {
  displayP3,
  p3Primaries,
  rec709Primaries,
  srgbToLinear,
  toSrgb,
} from '../../../../client/capture/open/stored-colours.ts'

const srgb = { chromaticities: rec709Primaries, toLinear: srgbToLinear }
const linear = { chromaticities: rec709Primaries, toLinear: (level: number) => level }

describe('toSrgb', () => {
  it('leaves sRGB as it is, every level', () => {
    const levels = Uint8Array.from({ length: 4 * 256 }, (_, k) => (k % 4 === 3 ? 255 : k >> 2))
    expect([...toSrgb(levels, srgb)]).toEqual([...levels])
  })

  it('keeps white white, grey grey and the transparency', () => {
    expect([...toSrgb(Uint8Array.of(255, 255, 255, 255, 90, 90, 90, 17), displayP3)]).toEqual([
      255, 255, 255, 255, 90, 90, 90, 17,
    ])
  })

  it('knows the red of sRGB in Display P3, and clips what sRGB has no colour for', () => {
    // Known values: sRGB's red is (234, 51, 35) there.
    const [r, g, b] = toSrgb(Uint8Array.of(234, 51, 35, 255), displayP3)
    expect(r).toBe(255)
    expect(Math.max(g, b)).toBeLessThan(12)
    expect([...toSrgb(Uint8Array.of(255, 0, 0, 255), displayP3)]).toEqual([255, 0, 0, 255])
    expect(p3Primaries[3]).toEqual(rec709Primaries[3])
  })

  it('encodes light: 21.4% of it are half of the levels', () => {
    expect(toSrgb(Uint16Array.of(14027, 0, 65535, 65535), linear).subarray(0, 4)).toEqual(
      Uint8ClampedArray.of(127, 0, 255, 255),
    )
  })

  it('keeps the dark levels of 16 bits apart', () => {
    const steps = [0, 20, 40].map((level) => toSrgb(Uint16Array.of(level, 0, 0, 65535), linear)[0])
    // 255 x 12.92 x level / 65535.
    expect(steps).toEqual([0, 1, 2])
  })
})
