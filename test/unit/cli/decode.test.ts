import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type SharpOptions } from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { decodePhotoFile } from '../../../client/capture/open/decode-file.ts'
import { decodeMask, decodePhoto, decodeTexture } from '../../../client/cli/decode.ts'
import { iccProfile, spaces, storedIn } from '../../photo-formats/colours.ts'
import { mapped, picture } from '../../photo-formats/picture.ts'
import { cicpChunk, gammaChunk, png, profileChunk } from '../../photo-formats/png.ts'
import { pipeOf } from '../../support/pipe.ts'

const folder = mkdtempSync(join(tmpdir(), 'decode-'))
afterAll(() => rmSync(folder, { recursive: true }))
function file(name: string, content: Uint8Array | string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

/** A 4 x 2 picture, red on its left half and blue on its right. */
const redBlue = () => {
  const pixels = Buffer.concat(
    Array.from({ length: 8 }, (_, i) => Buffer.from(i % 4 < 2 ? [255, 0, 0] : [0, 0, 255])),
  )
  return sharp(pixels, { raw: { width: 4, height: 2, channels: 3 } })
}
const pixel = ({ width, data }: { width: number; data: Uint8ClampedArray }, x: number, y: number) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
]

describe('decodePhoto', () => {
  it('gives RGBA pixels', async () => {
    const photo = await decodePhoto(file('plain.png', await redBlue().png().toBuffer()))
    expect([photo.width, photo.height, photo.data.length]).toEqual([4, 2, 32])
    expect(pixel(photo, 0, 0)).toEqual([255, 0, 0, 255])
    expect(pixel(photo, 3, 1)).toEqual([0, 0, 255, 255])
  })

  it('applies the EXIF orientation', async () => {
    const turned = await redBlue().withMetadata({ orientation: 6 }).png().toBuffer()
    const photo = await decodePhoto(file('turned.png', turned))
    expect([photo.width, photo.height]).toEqual([2, 4])
    expect(pixel(photo, 0, 0)).toEqual([255, 0, 0, 255])
    expect(pixel(photo, 0, 3)).toEqual([0, 0, 255, 255])
  })

  it('lays transparency on white', async () => {
    const clear = await redBlue().ensureAlpha(0).png().toBuffer()
    expect(pixel(await decodePhoto(file('clear.png', clear)), 1, 1)).toEqual([255, 255, 255, 255])
  })

  it('takes grey-scale and 16 bits', async () => {
    const grey = await redBlue().greyscale().toColourspace('grey16').png().toBuffer()
    const [r, g, b, a] = pixel(await decodePhoto(file('grey.png', grey)), 0, 0)
    expect([g, b, a]).toEqual([r, r, 255])
  })

  it('converts an embedded Display P3 profile to sRGB', async () => {
    const pixels = Buffer.from([200, 100, 50])
    const srgb = sharp(pixels, { raw: { width: 1, height: 1, channels: 3 } })
    const p3 = await srgb.clone().withIccProfile('p3').png().toBuffer()
    const stored = await sharp(p3, { ignoreIcc: true } as SharpOptions)
      .raw()
      .toBuffer()
    expect([...stored.subarray(0, 3)]).not.toEqual([200, 100, 50])
    const [r, g, b] = pixel(await decodePhoto(file('p3.png', p3)), 0, 0)
    for (const [got, want] of [
      [r, 200],
      [g, 100],
      [b, 50],
    ])
      expect(Math.abs(got - want)).toBeLessThanOrEqual(3)
  })

  it.each([
    [
      'text.jpg',
      'not a picture',
      'text.jpg is not an image this program reads, or its first bytes are damaged: give a JPEG, PNG',
    ],
    [
      'drawing.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      'drawing.svg is not an image',
    ],
    ['empty.png', '', 'empty.png is empty (0 bytes): copy or download the original file again.'],
  ])('refuses %s', async (name, content, message) => {
    await expect(decodePhoto(file(name, content))).rejects.toThrow(message)
  })

  it('reads a pipe to its end', async () => {
    const whole = await redBlue().png().toBuffer()
    const photo = await decodePhoto(pipeOf(folder, 'pipe', whole))
    expect(pixel(photo, 3, 1)).toEqual([0, 0, 255, 255])
    await expect(decodePhoto(pipeOf(folder, 'empty', Buffer.alloc(0)))).rejects.toThrow(
      'empty is empty (0 bytes)',
    )
  })

  it('shortens a name that would fill the sentence', async () => {
    const name = `${'holiday '.repeat(25)}.jpg`
    const { message } = await decodePhotoFile(Buffer.from('not a picture, but a letter'), name).catch(
      (error) => error,
    )
    expect(message).toMatch(/^holiday holiday .* \.\.\. .*holiday \.jpg is not an image/)
    expect(message.length).toBeLessThan(220)
  })

  it('refuses a missing file and a folder', async () => {
    await expect(decodePhoto(join(folder, 'nowhere.png'))).rejects.toThrow('there is no such file or folder')
    await expect(decodePhoto(folder)).rejects.toThrow('it is a folder')
  })

  it.each(['jpeg', 'png', 'webp'] as const)('refuses a truncated %s', async (format) => {
    const noise = sharp({
      create: {
        width: 400,
        height: 400,
        channels: 3,
        background: 'grey',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
    const whole = await noise.toFormat(format).toBuffer()
    const path = file(`short.${format}`, whole.subarray(0, whole.length / 2))
    await expect(decodePhoto(path)).rejects.toThrow(/^short\.\w+ is damaged or cut off/)
  })

  it('refuses 100 megapixels by the header alone', async () => {
    const huge = Buffer.from(
      await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    )
    huge.writeUInt32BE(10_000, 16)
    huge.writeUInt32BE(10_000, 20)
    // Repair the header's CRC.
    huge.writeUInt32BE((await import('node:zlib')).crc32(huge.subarray(12, 29)), 29)
    await expect(decodePhoto(file('huge.png', huge))).rejects.toThrow(
      'huge.png has 10000 x 10000 pixels, 100 megapixels, more than the 64 that are taken',
    )
  })
})

describe('decodeMask', () => {
  const photo = { width: 4, height: 2, data: new Uint8ClampedArray(32) }

  it("is 1 on white, 0 on black and transparent, at the photo's size", async () => {
    const pixels = Buffer.from([255, 255, 0, 255].flatMap((grey, i) => [grey, grey, grey, i === 3 ? 0 : 255]))
    const mask = await sharp(pixels, { raw: { width: 4, height: 1, channels: 4 } })
      .resize(8, 4, { kernel: 'nearest', fit: 'fill' })
      .png()
      .toBuffer()
    expect([...(await decodeMask(file('mask.png', mask), photo))]).toEqual([1, 1, 0, 0, 1, 1, 0, 0])
  })

  it('refuses other proportions, and a mask that marks everything', async () => {
    const square = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'white' } })
      .png()
      .toBuffer()
    await expect(decodeMask(file('square.png', square), photo)).rejects.toThrow(
      'is 4 x 4 pixels and the photo 4 x 2',
    )
    const all = await sharp({ create: { width: 4, height: 2, channels: 3, background: 'white' } })
      .png()
      .toBuffer()
    await expect(decodeMask(file('all.png', all), photo)).rejects.toThrow('marks the whole photo')
  })
})

/** The same bright and dark patches, stored as scanners and painting programs do. */
describe('16 bits, profiles and gamma', () => {
  const { displayP3, linear } = spaces
  const stored = {
    '16 bits': png(picture, { depth: 16 }),
    '16 bits with a profile': png(storedIn(displayP3, picture), {
      depth: 16,
      chunks: [profileChunk(iccProfile(displayP3))],
    }),
    cICP: png(storedIn(displayP3, picture), { chunks: [cicpChunk(12, 13)] }),
    gAMA: png(storedIn(linear, picture), { chunks: [gammaChunk(1)] }),
  }

  it.each(Object.entries(stored))('texture: %s', async (_, bytes) => {
    const plain = await decodeTexture(file('plain.png', png(picture)), 32)
    const texture = await decodeTexture(file('texture.png', bytes), 32)
    const difference = texture.reduce((sum, value, i) => sum + Math.abs(value - plain[i]), 0) / texture.length
    expect(255 * difference).toBeLessThan(1)
  })

  it.each(Object.keys(stored))('mask: %s', async (name) => {
    // 140 is white enough for a mask; stored in linear light it is 67.
    const half = mapped(picture, (_, __, pixel) => (pixel % 64 < 32 ? 140 : 116))
    const bytes = {
      '16 bits': png(half, { depth: 16 }),
      '16 bits with a profile': png(half, { depth: 16, chunks: [profileChunk(iccProfile(displayP3))] }),
      cICP: png(half, { chunks: [cicpChunk(12, 13)] }),
      gAMA: png(storedIn(linear, half), { type: 'grey', depth: 16, chunks: [gammaChunk(1)] }),
    }[name]!
    const mask = await decodeMask(file('mask.png', bytes), {
      width: 64,
      height: 48,
      data: new Uint8ClampedArray(),
    })
    expect([mask[0], mask[31], mask[32], mask[63]]).toEqual([1, 1, 0, 0])
  })
})

/** Real files, where they are at hand. */
const faults = new URL('../../../../shared/faults/', import.meta.url)
describe.skipIf(!existsSync(faults))('files that came out wrong (needs ../shared/faults)', () => {
  const open = (name: string) => decodePhotoFile(readFileSync(new URL(name, faults)), name)

  it.each(['sixteen-bit-icc.tif', 'cicp_p3.png', 'gama_linear.png'])('%s shows one cheek', async (name) => {
    const photo = await open(name)
    for (const [channel, level] of [216, 181, 155].entries())
      expect(Math.abs(pixel(photo, 104, 82)[channel] - level)).toBeLessThanOrEqual(2)
  })

  it.each(['iphone.heic', 'iphone-heic-named.jpeg'])('%s is named', async (name) => {
    await expect(open(name)).rejects.toMatchObject({
      code: 'heic',
      message: `${name} is a HEIC photo, which this program can't read: save it as JPEG and choose that.`,
    })
  })
})

describe('decodeTexture', () => {
  it('resamples to N x N x 3 values in 0..1', async () => {
    const flat = await sharp({
      create: { width: 30, height: 20, channels: 3, background: { r: 51, g: 102, b: 255 } },
    })
      .png()
      .toBuffer()
    const texture = await decodeTexture(file('flat.png', flat), 16)
    expect(texture.length).toBe(16 * 16 * 3)
    expect(texture[300]).toBeCloseTo(0.2, 3)
    expect(texture[301]).toBeCloseTo(0.4, 3)
    expect(texture[302]).toBe(1)
  })
})
