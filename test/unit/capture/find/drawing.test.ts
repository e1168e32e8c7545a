import { describe, expect, it } from 'vitest'
import { flatness, flattestPhoto } from '../../../../client/capture/find/drawing.ts'
import { randomArray } from '../../../support/random.ts'

/** 468 landmarks on a disc of the given radius around the middle, the nose in its centre. */
function disc(size: number, radius: number) {
  const landmarks = new Float32Array(468 * 3)
  for (let i = 0; i < 468; i++)
    landmarks.set(
      [size / 2 + radius * Math.cos((i * Math.PI) / 117), size / 2 + radius * Math.sin((i * Math.PI) / 117)],
      3 * i,
    )
  landmarks.set([size / 2, size / 2], 3 * 4)
  return landmarks
}

function photoOf(size: number, level: (x: number, y: number, channel: number) => number) {
  const data = new Uint8ClampedArray(size * size * 4)
  for (let i = 0; i < data.length; i++) {
    const pixel = i >> 2
    data[i] = i % 4 === 3 ? 255 : level(pixel % size, Math.floor(pixel / size), i % 4)
  }
  return { width: size, height: size, data }
}

describe('flatness', () => {
  const landmarks = disc(100, 45)
  const cartoon = [240, 200, 160]
  const noise = randomArray(100 * 100 * 3, 5)
  const grain = (x: number, y: number, c: number) => noise[3 * (100 * y + x) + c]

  it('is high for one flat colour, also with the noise of JPEG', () => {
    expect(
      flatness(
        photoOf(100, (_, y, c) => (y < 30 ? 40 : cartoon[c])),
        landmarks,
      ),
    ).toBeGreaterThan(0.7)
    const noisy = photoOf(100, (x, y, c) => (y < 30 ? 40 : cartoon[c] + 2 * grain(x, y, c)))
    expect(flatness(noisy, landmarks)).toBeGreaterThan(flattestPhoto)
  })

  it('is low for shaded skin', () => {
    const skin = photoOf(100, (x, y, c) => cartoon[c] * (1 - x / 200 - y / 400) + 3 * grain(x, y, c))
    expect(flatness(skin, landmarks)).toBeLessThan(0.3)
  })

  it('is low for shaded skin on a pale print', () => {
    const pale = photoOf(100, (x, y, c) => 210 + c + 8 * (1 - x / 100 - y / 200) + grain(x, y, c))
    expect(flatness(pale, landmarks)).toBeLessThan(flattestPhoto)
  })

  it('does not take over- or under-exposed skin for a drawing', () => {
    expect(
      flatness(
        photoOf(100, () => 255),
        landmarks,
      ),
    ).toBe(0)
    expect(
      flatness(
        photoOf(100, (_, __, c) => [30, 24, 20][c]),
        landmarks,
      ),
    ).toBe(0)
  })

  it('survives a face outside the photo', () => {
    expect(
      flatness(
        photoOf(10, () => 100),
        landmarks.map((value) => value + 500),
      ),
    ).toBe(0)
  })
})
