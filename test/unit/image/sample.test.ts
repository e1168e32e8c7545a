import { describe, expect, it } from 'vitest'
import type { Photo } from '../../../client/image/photo.ts'
import { bilinear, footprints, samplePhoto } from '../../../client/image/sample.ts'

function photoOf(width: number, height: number, colour: (x: number, y: number) => number[]): Photo {
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y), 4 * (y * width + x))
  return { width, height, data }
}

describe('samplePhoto', () => {
  it('reads a gradient at the places asked for', () => {
    const photo = photoOf(50, 40, (x, y) => [4 * x, 5 * y, 100])
    const points = Float32Array.from([10.5, 20.5, 11.25, 30, 49.9, 0])
    const colours = samplePhoto(photo, points, 2, new Float32Array(12), [1, 1, 1]).map((value) => value * 255)
    expect(colours[0]).toBeCloseTo(40, 3)
    expect(colours[1]).toBeCloseTo(100, 3)
    expect(colours[3]).toBeCloseTo(43, 3)
    expect(colours[4]).toBeCloseTo(147.5, 3)
    expect(colours[6]).toBeCloseTo(196, 3)
    expect(colours[7]).toBeCloseTo(0, 3)
    expect(colours[2]).toBeCloseTo(100, 3)
  })

  it('averages stripes that are finer than a texel', () => {
    const photo = photoOf(64, 64, (x) => (x % 2 ? [255, 255, 255] : [0, 0, 0]))
    const colours = samplePhoto(photo, Float32Array.from([32.3, 32]), 2, Float32Array.from([8, 0, 0, 8]), [1])
    expect(colours[0]).toBeCloseTo(0.5, 1)
  })

  it('leaves points that are not used at 0', () => {
    const photo = photoOf(4, 4, () => [255, 255, 255])
    expect([...samplePhoto(photo, new Float32Array(2), 2, new Float32Array(4), [0])]).toEqual([0, 0, 0])
  })
})

describe('footprints', () => {
  it('measures the distance to the nearer neighbour, so that seams do not count', () => {
    const points = Float32Array.from([0, 0, 2, 0, 100, 0, 103, 0])
    const result = footprints(points, 2, [1, 1, 1, 1], 4)
    expect([0, 4, 8, 12].map((i) => result[i])).toEqual([2, 2, 3, 3])
    expect(result[2]).toBe(0)
  })
})

describe('bilinear', () => {
  it('has its centres at half a pixel', () => {
    const image = Float32Array.from([0, 1, 2, 3])
    expect(bilinear(image, 2, 2, 1, 0, 0.5, 0.5)).toBe(0)
    expect(bilinear(image, 2, 2, 1, 0, 1, 1)).toBe(1.5)
    expect(bilinear(image, 2, 2, 1, 0, 9, 9)).toBe(3)
  })
})
