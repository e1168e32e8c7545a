import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { plainJpeg } from '../../../client/share/plain-jpeg.ts'
import { checkJpeg } from '../../../worker/validation/jpeg.ts'

const pixels = sharp({ create: { width: 320, height: 200, channels: 3, background: '#7a5c4e' } })
const own = (bytes: Uint8Array) => new Uint8Array(bytes)

describe('plainJpeg', () => {
  test.each([false, true])(
    'drops EXIF and colour profile, keeps every pixel (progressive: %s)',
    async (progressive) => {
      const telling = own(
        await pixels
          .clone()
          .withExif({ IFD0: { Copyright: 'Somebody', ImageDescription: 'At home' } })
          .withIccProfile('srgb')
          .jpeg({ progressive })
          .toBuffer(),
      )
      expect(new TextDecoder('latin1').decode(telling)).toContain('At home')
      expect(() => checkJpeg('photo.jpg', telling)).toThrow(/may hold metadata/)
      const plain = plainJpeg(telling)
      expect(checkJpeg('photo.jpg', plain)).toEqual({ width: 320, height: 200 })
      expect(new TextDecoder('latin1').decode(plain)).not.toContain('At home')
      const decode = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer()
      expect(await decode(plain)).toEqual(await decode(telling))
    },
  )

  test('drops comments and what stands in other application segments', async () => {
    const jpeg = own(await pixels.clone().jpeg().toBuffer())
    const segment = (marker: number) => [0xff, marker, 0, 6, 1, 2, 3, 4]
    const telling = Uint8Array.from([
      ...jpeg.subarray(0, 2),
      ...segment(0xfe),
      ...segment(0xe0),
      ...segment(0xed),
      ...jpeg.subarray(2),
    ])
    expect(plainJpeg(telling)).toEqual(plainJpeg(jpeg))
    expect(checkJpeg('preview.jpg', plainJpeg(telling)).width).toBe(320)
  })

  test('leaves alone what is no JPEG, or a damaged one', async () => {
    const png = own(await pixels.clone().png().toBuffer())
    expect(plainJpeg(png)).toBe(png)
    const cut = own(await pixels.clone().jpeg().toBuffer()).slice(0, 40)
    expect(plainJpeg(cut)).toBe(cut)
  })
})
