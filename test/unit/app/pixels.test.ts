import { expect, test } from 'vitest'
import { fromPixels, toPixels, widthOf } from '../../../client/app/pixels.ts'

test('a texture of a face is square, that of a head twice as wide as high', () => {
  const face = toPixels(new Float32Array(3 * 4 * 4))
  expect([face.size, widthOf(face)]).toEqual([4, 4])
  const head = toPixels(new Float32Array(3 * 8 * 4), 4)
  expect([head.size, widthOf(head)]).toEqual([4, 8])
})

test('pixels are opaque, and come back as the texture that they were', () => {
  const texture = Float32Array.from({ length: 3 * 2 * 2 }, (_, i) => (17 * i) / 255)
  const pixels = toPixels(texture)
  expect([...pixels.data.slice(0, 8)]).toEqual([0, 17, 34, 255, 51, 68, 85, 255])
  expect(fromPixels(pixels)).toEqual(texture)
})
