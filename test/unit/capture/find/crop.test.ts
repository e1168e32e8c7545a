import { describe, expect, it } from 'vitest'
import { fromCrop, quarterTurned, sampleCrop } from '../../../../client/capture/find/crop.ts'
import type { Photo } from '../../../../client/image/photo.ts'

/** Red grows to the right, green downwards. */
function ramp(width: number, height: number): Photo {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([x, y, 50, 255], 4 * (y * width + x))
  return { width, height, data }
}

describe('crops', () => {
  it('turn clockwise in the image', () => {
    const [x, y] = fromCrop({ x: 10, y: 20, side: 8, angle: Math.PI / 2 }, 0.5, 0)
    expect(x).toBeCloseTo(10, 9)
    expect(y).toBeCloseTo(24, 9)
  })

  it('hold the photo at its own resolution unchanged', () => {
    const crop = sampleCrop(ramp(40, 40), { x: 20, y: 12, side: 8, angle: 0 }, 8)
    expect(crop[0] * 255).toBeCloseTo(16, 4)
    expect(crop[1] * 255).toBeCloseTo(8, 4)
    expect(crop[3 * (8 * 5 + 3)] * 255).toBeCloseTo(19, 4)
    expect(crop[3 * (8 * 5 + 3) + 1] * 255).toBeCloseTo(13, 4)
  })

  it('turn on by a quarter without looking at the photo again', () => {
    const photo = ramp(48, 40)
    const crop = { x: 21, y: 18, side: 30, angle: 0 }
    const turned = quarterTurned(sampleCrop(photo, crop, 10), 10)
    const sampled = sampleCrop(photo, { ...crop, angle: Math.PI / 2 }, 10)
    turned.forEach((value, i) => {
      expect(value).toBeCloseTo(sampled[i], 6)
    })
  })

  it('average where they shrink, and are black beyond the photo', () => {
    const stripes = ramp(64, 64)
    stripes.data.forEach((_, i) => {
      stripes.data[i] = (i >> 2) % 2 ? 200 : 0
    })
    const small = sampleCrop(stripes, { x: 32, y: 32, side: 64, angle: 0 }, 16)
    for (const value of small) expect(value * 255).toBeCloseTo(100, 3)
    const beyond = sampleCrop(stripes, { x: -100, y: 32, side: 64, angle: 0 }, 16)
    expect(beyond.every((value) => value === 0)).toBe(true)
  })

  it('bring a photo that lies on its side upright', () => {
    // A quarter turn clockwise: what was up is at the right now.
    const crop = sampleCrop(ramp(16, 16), { x: 8, y: 8, side: 16, angle: Math.PI / 2 }, 16)
    const upperLeft = crop.subarray(0, 2).map((value) => value * 255)
    expect(upperLeft[0]).toBeCloseTo(15, 3)
    expect(upperLeft[1]).toBeCloseTo(0, 3)
  })

  it('follow a gradient at any angle', () => {
    const crop = { x: 100, y: 90, side: 96, angle: 0.4 }
    const size = 24
    const image = sampleCrop(ramp(200, 200), crop, size)
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const [x, y] = fromCrop(crop, (column + 0.5) / size - 0.5, (row + 0.5) / size - 0.5)
        const k = 3 * (row * size + column)
        // A pixel's value is that of its left upper corner: half a pixel less at its centre.
        expect(Math.abs(image[k] * 255 + 0.5 - x)).toBeLessThan(0.5)
        expect(Math.abs(image[k + 1] * 255 + 0.5 - y)).toBeLessThan(0.5)
        expect(image[k + 2] * 255).toBeCloseTo(50, 3)
      }
    }
  })

  it('are black on the one side of the border only', () => {
    const image = sampleCrop(ramp(40, 40), { x: 0, y: 20, side: 16, angle: 0 }, 16)
    for (let row = 0; row < 16; row++) {
      for (let column = 0; column < 16; column++) {
        const blue = image[3 * (16 * row + column) + 2] * 255
        expect(blue).toBeCloseTo(column < 8 ? 0 : 50, 3)
      }
    }
  })
})
