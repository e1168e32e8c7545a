import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { behindFrame, roundFrame, withoutFrame } from '../../../../client/capture/find/frame.ts'
import type { Photo } from '../../../../client/image/photo.ts'

type Colour = readonly number[]
const white = [255, 255, 255, 255]

function photoOf(width: number, height: number, colour: (x: number, y: number) => Colour): Photo {
  const data = new Uint8ClampedArray(4 * width * height)
  for (let i = 0; i < width * height; i++)
    data.set(colour((i % width) + 0.5, Math.floor(i / width) + 0.5), 4 * i)
  return { width, height, data }
}

/** A scene without a place as bright as white. */
const scene = (x: number, y: number) => [60 + ((x * 0.7) % 120), 40 + ((y * 0.9) % 130), 90, 255]

/** The scene in a circle around the picture's middle. */
const cut = (width: number, height: number, radius: number, around: Colour = white) =>
  photoOf(width, height, (x, y) =>
    Math.hypot(x - width / 2, y - height / 2) < radius ? scene(x, y) : around,
  )

describe('roundFrame', () => {
  test.each([
    ['as large as the picture', 400, 400, 200],
    ['smaller than it', 400, 400, 160],
    ['in a wide picture', 600, 400, 190],
    ['cut by the borders', 400, 400, 220],
  ])('finds a circle %s', (_, width, height, radius) => {
    const frame = roundFrame(cut(width, height, radius))!
    expect([frame.x, frame.y]).toEqual([width / 2, height / 2])
    // A little smaller: what is mixed with the frame belongs to it.
    expect(frame.radius).toBeLessThan(radius)
    expect(frame.radius).toBeGreaterThan(0.97 * radius)
  })

  test.each([
    ['black', [0, 0, 0, 255]],
    ['transparent', [0, 0, 0, 0]],
    ['blue', [20, 60, 200, 255]],
  ])('finds one in a %s frame', (_, around) => {
    expect(roundFrame(cut(400, 400, 200, around))?.radius).toBeCloseTo(198, -1)
  })

  test('finds one in a JPEG', async () => {
    const { width, height, data } = cut(400, 400, 200)
    const jpeg = await sharp(data, { raw: { width, height, channels: 4 } })
      .flatten()
      .jpeg({ quality: 60 })
      .toBuffer()
    const decoded = await sharp(jpeg).ensureAlpha().raw().toBuffer()
    const radius = roundFrame({ width, height, data: new Uint8ClampedArray(decoded) })?.radius
    expect(radius).toBeGreaterThan(192)
    expect(radius).toBeLessThan(200)
  })

  test('takes a person before a plain backdrop for no frame', () => {
    const person = (x: number, y: number) =>
      Math.hypot((x - 200) / 90, (y - 170) / 120) < 1 || Math.hypot((x - 200) / 180, (y - 420) / 150) < 1
    expect(roundFrame(photoOf(400, 400, (x, y) => (person(x, y) ? scene(x, y) : white)))).toBeNull()
  })

  test.each([
    ['a square', (x: number, y: number) => Math.max(Math.abs(x - 200), Math.abs(y - 200)) < 150],
    ['an ellipse', (x: number, y: number) => Math.hypot((x - 200) / 150, (y - 200) / 190) < 1],
    ['a small ball', (x: number, y: number) => Math.hypot(x - 200, y - 200) < 40],
    ['a plain picture', () => false],
  ])('takes %s for no frame', (_, inside) => {
    expect(roundFrame(photoOf(400, 400, (x, y) => (inside(x, y) ? scene(x, y) : white)))).toBeNull()
  })

  test('needs four corners of one colour', () => {
    const { data, ...size } = cut(400, 400, 200)
    data.set([255, 200, 255, 255], data.length - 4)
    expect(roundFrame({ ...size, data })).toBeNull()
    expect(roundFrame(photoOf(400, 400, scene))).toBeNull()
  })
})

test('behind the frame is what lies beyond the circle', () => {
  const frame = { x: 100, y: 80, radius: 50 }
  expect([100, 149.5, 150.5].map((x) => behindFrame(frame, x, 80))).toEqual([false, false, true])
})

test('without its frame, a photo goes on mirrored at the circle', () => {
  // As bright as it is far from the middle.
  const rings = photoOf(200, 200, (x, y) => {
    const r = Math.hypot(x - 100, y - 100)
    return r < 80 ? [r, r, r, 255] : white
  })
  const { data } = withoutFrame(rings, { x: 100, y: 100, radius: 78 })
  const at = (x: number, y: number) => data[4 * (y * 200 + x)]
  for (const [x, y] of [
    [199, 100],
    [100, 10],
    [20, 20],
    [175, 150],
  ]) {
    const r = Math.hypot(x + 0.5 - 100, y + 0.5 - 100)
    expect(Math.abs(at(x, y) - Math.max(0, 156 - r))).toBeLessThan(1.6)
  }
  // What it shows stays.
  expect(at(150, 100)).toBe(rings.data[4 * (100 * 200 + 150)])
  expect(rings.data[0]).toBe(255)
})
