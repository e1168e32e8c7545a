import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { imageHeader } from '../../../../client/capture/open/image-header.ts'

const picture = () =>
  sharp({ create: { width: 333, height: 150, channels: 3, background: { r: 200, g: 90, b: 10 } } })

const files: Record<string, { format: string; bytes: () => Promise<Buffer> }> = {
  png: { format: 'png', bytes: () => picture().png().toBuffer() },
  jpeg: { format: 'jpeg', bytes: () => picture().jpeg().toBuffer() },
  'progressive jpeg': { format: 'jpeg', bytes: () => picture().jpeg({ progressive: true }).toBuffer() },
  'jpeg with EXIF and colour profile': {
    format: 'jpeg',
    bytes: () => picture().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
  },
  'lossy webp': { format: 'webp', bytes: () => picture().webp().toBuffer() },
  'lossless webp': { format: 'webp', bytes: () => picture().webp({ lossless: true }).toBuffer() },
  'webp with a profile': { format: 'webp', bytes: () => picture().withMetadata().webp().toBuffer() },
  gif: { format: 'gif', bytes: () => picture().gif().toBuffer() },
}

describe('imageHeader', () => {
  test.each(Object.keys(files))('%s: format and stored size', async (name) => {
    const { format, bytes } = files[name]
    expect(imageHeader(await bytes())).toEqual({ format, width: 333, height: 150 })
  })

  test('avif is known, its size is not', async () => {
    const bytes = await picture().avif({ effort: 0 }).toBuffer()
    expect(imageHeader(bytes)).toEqual({ format: 'avif', width: null, height: null })
  })

  test.each([
    ['heic', 'heic', 'mif1'],
    ['heic', 'mif1', 'heic'],
    ['heic', 'heix', 'mif1'],
    ['avif', 'mif1', 'avif'],
    ['avif', 'avis', 'msf1'],
    ['raw', 'crx ', 'isom'],
  ])('%s by the brands %s and %s', (format, major, compatible) => {
    const bytes = Buffer.from(
      `\0\0\0\x18ftyp${major}\0\0\0\0${compatible}${compatible}${'\0'.repeat(9)}`,
      'latin1',
    )
    expect(imageHeader(bytes)).toEqual({ format, width: null, height: null })
  })

  test('a film is no image', () => {
    expect(
      imageHeader(Buffer.from(`\0\0\0\x18ftypqt  \0\0\0\0qt  mp42${'\0'.repeat(9)}`, 'latin1')),
    ).toBeNull()
  })

  test('tiff is known, its size is not', async () => {
    expect(imageHeader(await picture().tiff().toBuffer())).toEqual({
      format: 'tiff',
      width: null,
      height: null,
    })
  })

  test('a 100-megapixel claim is read without its pixels', async () => {
    const bytes = await picture().png().toBuffer()
    bytes.writeUInt32BE(12_000, 16)
    bytes.writeUInt32BE(9_000, 20)
    expect(imageHeader(bytes)).toMatchObject({ width: 12_000, height: 9_000 })
  })

  test.each([
    ['text', new TextEncoder().encode('Dear Sir or Madam, this is no photo at all.')],
    ['nothing', new Uint8Array(0)],
    ['a PDF', new TextEncoder().encode('%PDF-1.7 and so on and so on and so on')],
  ])('%s is no image', (_, bytes) => {
    expect(imageHeader(bytes)).toBeNull()
  })

  test('a JPEG cut off inside its header has no size', async () => {
    const bytes = await picture().withMetadata().jpeg().toBuffer()
    expect(imageHeader(bytes.subarray(0, 60))).toEqual({ format: 'jpeg', width: null, height: null })
  })
})
