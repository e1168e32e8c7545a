import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { encodePng, texturePng, toBytes, weightPng } from '../../../client/result/png.ts'
import { gradientTexture } from './synthetic.ts'

/** Chunk names of a PNG file, in order. */
function chunks(png: Uint8Array): string[] {
  const view = new DataView(png.buffer, png.byteOffset)
  const names: string[] = []
  for (let at = 8; at < png.length; at += view.getUint32(at) + 12)
    names.push(String.fromCharCode(...png.subarray(at + 4, at + 8)))
  return names
}

describe('encodePng', () => {
  it.each([
    ['grey', 1],
    ['rgb', 3],
    ['rgba', 4],
  ] as const)('gives %s pixels back exactly through another decoder', async (layout, channels) => {
    const [width, height] = [37, 23]
    const pixels = Uint8Array.from(
      { length: width * height * channels },
      (_, i) => (i * i * 31 + (i >> 3)) & 0xff,
    )
    const png = await encodePng(pixels, width, height, layout)
    expect(await sharp(png).metadata()).toMatchObject({
      format: 'png',
      width,
      height,
      channels,
      space: channels === 1 ? 'b-w' : 'srgb',
    })
    const data = await sharp(png)
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw()
      .toBuffer()
    expect(Buffer.compare(data, pixels)).toBe(0)
  })

  it('carries an sRGB chunk and nothing else', async () => {
    expect(chunks(await encodePng(new Uint8Array(12), 2, 2, 'rgb'))).toEqual(['IHDR', 'sRGB', 'IDAT', 'IEND'])
  })

  it('refuses pixels of another length', async () => {
    await expect(encodePng(new Uint8Array(11), 2, 2, 'rgb')).rejects.toThrow('takes 12 bytes; 11 were given')
  })

  it('filters: a gradient takes a fraction of its raw size', async () => {
    const png = await texturePng(gradientTexture(128), 128)
    expect(png.length).toBeLessThan(128 * 128 * 3 * 0.25)
  })
})

describe('texturePng', () => {
  it('gives the same bytes for the same texture', async () => {
    const texture = gradientTexture(64)
    expect(await texturePng(texture, 64)).toEqual(await texturePng(texture.slice(), 64))
  })

  it('clamps and rounds', () => {
    expect([...toBytes(new Float32Array([-1, 0, 0.5, 0.9985, 1, 7, Number.NaN]))]).toEqual([
      0, 0, 128, 255, 255, 255, 0,
    ])
  })
})

describe('weightPng', () => {
  it('stores one channel', async () => {
    const png = await weightPng(new Float32Array([0, 0.2, 0.6, 1]), 2)
    const data = await sharp(png).toColourspace('b-w').raw().toBuffer()
    expect([...data]).toEqual([0, 51, 153, 255])
  })
})
