import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readPng } from '../../../../models/head/read-png.ts'

// Slopes, noise and a plain part: rows get filters of every kind.
const [width, height] = [40, 30]
const data = Uint8Array.from({ length: 4 * width * height }, (_, i) => {
  const [x, y] = [(i >> 2) % width, Math.floor(i / 4 / width)]
  if (y < 10) return (x * y + i) % 256
  return y < 20 ? (i * 7919 * i) % 251 : 3 * x + 2 * y
})
const image = () => sharp(data, { raw: { width, height, channels: 4 } })

test.each([true, false])('reads RGBA as the image library does (filters: %s)', async (adaptiveFiltering) => {
  const file = await image().png({ adaptiveFiltering }).toBuffer()
  expect(readPng(file)).toEqual({ width, height, data })
})

test('refuses other layouts', async () => {
  const grey = await image().removeAlpha().png().toBuffer()
  expect(() => readPng(grey)).toThrow('only 8-bit RGBA without interlacing')
  expect(() => readPng(grey.subarray(0, 4))).toThrow('only 8-bit RGBA without interlacing')
})
