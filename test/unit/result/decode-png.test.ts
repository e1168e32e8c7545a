import sharp, { type Sharp } from 'sharp'
import { expect, test } from 'vitest'
import { decodePng } from '../../../client/result/decode-png.ts'
import { encodePng } from '../../../client/result/png.ts'

const bytes = async (image: Sharp) => new Uint8Array(await image.toBuffer())

test.each([
  ['grey', 1],
  ['rgb', 3],
  ['rgba', 4],
] as const)(
  '%s pixels come back exactly, with every filter, and under no alpha',
  async (layout, channels) => {
    const [width, height] = [37, 90]
    const pixels = new Uint8Array(width * height * channels)
    for (let i = 0; i < pixels.length; i++) {
      const row = Math.floor(i / (width * channels))
      // Noise, ramps to the right, down and across, and one level: each is the best for another filter.
      const kinds = [i * i * 31, i, row * 7, i + row * 9 + (i % 5), 90]
      pixels[i] = kinds[Math.floor(row / 18)] & 0xff
    }
    if (channels === 4) for (let i = 3; i < pixels.length; i += 8) pixels[i] = 0
    const png = await encodePng(pixels, width, height, layout)
    expect(await decodePng(png)).toEqual({ width, height, channels, pixels })
  },
)

test('a file of another encoder, in several parts, is read as well', async () => {
  const pixels = new Uint8Array(3 * 300 * 200).map((_, i) => (i * 2654435761) >>> 24)
  const image = sharp(pixels, { raw: { width: 300, height: 200, channels: 3 } })
  const png = await bytes(image.png({ compressionLevel: 0, palette: false }))
  expect((await decodePng(png)).pixels).toEqual(pixels)
})

test('what encodePng does not write is no such file', async () => {
  const image = () => sharp({ create: { width: 9, height: 9, channels: 3, background: '#345' } })
  await expect(decodePng(await bytes(image().png({ progressive: true })))).rejects.toThrow(RangeError)
  await expect(decodePng(await bytes(image().png({ palette: true })))).rejects.toThrow(RangeError)
  await expect(decodePng(await bytes(image().toColourspace('rgb16').png()))).rejects.toThrow(RangeError)
  await expect(decodePng(await bytes(image().jpeg()))).rejects.toThrow(RangeError)
})
