import { describe, expect, test } from 'vitest'
import { canvasCodec } from '../../../client/result/canvas-codec.ts'
import { pixelsOf } from '../../../client/result/image-codec.ts'
import { encodePng, texturePng } from '../../../client/result/png.ts'
import { gradientTexture } from '../../unit/result/synthetic.ts'

const texture = gradientTexture(64)
const pixels = pixelsOf(texture, 64)

describe('canvasCodec', () => {
  test('reads a PNG to the byte', async () => {
    expect(await canvasCodec.decode(await texturePng(texture, 64))).toEqual(pixels)
  })

  test('writes WebP that it reads back nearly the same', async () => {
    const file = await canvasCodec.webp(pixels)
    expect(new TextDecoder().decode(file.subarray(8, 12))).toBe('WEBP')
    const { width, data } = await canvasCodec.decode(file)
    expect(width).toBe(64)
    const squares = data.reduce((sum, value, i) => sum + (value - pixels.data[i]) ** 2, 0)
    expect(-10 * Math.log10(squares / data.length / 255 ** 2)).toBeGreaterThan(35)
  })

  test('writes a WebP that is no square', async () => {
    const file = await canvasCodec.webp(pixelsOf(texture, 128))
    const { width, height } = await createImageBitmap(new Blob([file]))
    expect([width, height]).toEqual([128, 32])
  })

  test('says what is wrong with a file', async () => {
    await expect(canvasCodec.decode(new Uint8Array(20))).rejects.toThrow(
      'The texture file cannot be decoded: give a whole PNG or WebP file.',
    )
    const wide = await encodePng(new Uint8Array(6), 2, 1, 'rgb')
    await expect(canvasCodec.decode(wide)).rejects.toThrow('A texture is square; the file has 2 x 1 pixels.')
  })
})
