import { expect, test } from 'vitest'
import { roundFrame } from '../../../../client/capture/find/frame.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { random } from '../../../../client/image/random.ts'
import { variants } from '../../../evaluation/head/variants.ts'

const [width, height] = [400, 600]
const face = { x: 150, y: 200, width: 100, height: 100, score: 1, quarterTurns: 0 as const }
const { next } = random(1)
/** Noise, and a red square in the face's middle. */
const photo: Photo = { width, height, data: new Uint8ClampedArray(4 * width * height) }
for (let i = 0; i < width * height; i++) {
  const marked = Math.abs((i % width) - 200) < 10 && Math.abs(Math.floor(i / width) - 250) < 10
  photo.data.set(marked ? [255, 0, 0, 255] : [50 + 100 * next(), 100, 50, 255], 4 * i)
}
const at = ({ width: wide, data }: Photo, x: number, y: number) => [
  ...data.subarray(4 * (y * wide + x), 4 * (y * wide + x) + 3),
]
const make = (name: string) => variants[name](photo, face)

test('black and white has one level in all channels', () => {
  expect(at(make('black and white'), 200, 250)).toEqual([76, 76, 76])
})

test('brighter and darker change the levels by their gamma', () => {
  expect(at(make('brighter'), 5, 5)[1]).toBe(Math.round(255 * (100 / 255) ** 0.6))
  expect(at(make('darker'), 5, 5)[1]).toBe(Math.round(255 * (100 / 255) ** 1.5))
})

test('mirrored twice is the photo', () => {
  const mirrored = make('mirrored')
  expect(at(mirrored, 0, 7)).toEqual(at(photo, width - 1, 7))
  expect(variants.mirrored(mirrored, face).data).toEqual(photo.data)
})

test('closer leaves the face where it is in the picture', () => {
  const closer = make('closer')
  expect([closer.width, closer.height]).toEqual([368, 552])
  expect(at(closer, 200 - 16, 250 - 20)).toEqual([255, 0, 0])
})

test('cut to a circle is what the pipeline takes for a frame, around the face', () => {
  const cut = make('cut to a circle')
  expect(cut.width).toBe(260)
  expect(cut.height).toBe(260)
  expect(at(cut, 0, 0)).toEqual([128, 128, 128])
  expect(at(cut, 130, 130)).toEqual([255, 0, 0])
  expect(roundFrame(photo)).toBeNull()
  expect(roundFrame(cut)!.radius).toBeCloseTo(130, -1)
})

test('small has 300 pixels, and no photo is enlarged', () => {
  const small = make('small')
  expect([small.width, small.height]).toEqual([200, 300])
  expect(variants.small(small, face)).toBe(small)
})

test('rolled turns about the face, clockwise', () => {
  const rolled = make('rolled')
  expect(at(rolled, 200, 250)).toEqual([255, 0, 0])
  // What was above the middle is now to the right of it.
  const tall: Photo = { ...photo, data: photo.data.slice() }
  for (let y = 100; y < 250; y++) tall.data.set([0, 0, 255, 255], 4 * (y * width + 200))
  const [dx, dy] = [100 * Math.sin(Math.PI / 15), -100 * Math.cos(Math.PI / 15)]
  const found = at(variants.rolled(tall, face), Math.round(200 + dx), Math.round(250 + dy))
  expect(found[2]).toBeGreaterThan(100)
})
