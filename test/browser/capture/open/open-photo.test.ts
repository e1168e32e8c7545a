import { describe, expect, test } from 'vitest'
import { rasteriseStrokes } from '../../../../client/app/photo/strokes.ts'
import { isGreyscale, openPhoto } from '../../../../client/capture/open/open-photo.ts'

/** 64 x 48: the left half red, the right half blue, with some noise so that files have a body to cut. */
async function picture(type: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(64, 48)
  const context = canvas.getContext('2d')!
  for (let y = 0; y < 48; y++) {
    for (let x = 0; x < 64; x++) {
      context.fillStyle =
        x < 32 ? `rgb(255 ${(x * 7 + y * 13) % 40} 0)` : `rgb(0 ${(x * 11 + y * 5) % 40} 255)`
      context.fillRect(x, y, 1, 1)
    }
  }
  return canvas.convertToBlob({ type, quality: 0.95 })
}

/** Puts an EXIF segment with nothing but an orientation behind the JPEG's first marker. */
function withOrientation(jpeg: ArrayBuffer, orientation: number): Blob {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]
  const segment = Uint8Array.from([0xff, 0xe1, 0, body.length + 2, ...body])
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)])
}

const pixel = (data: Uint8ClampedArray, width: number, x: number, y: number) => [
  ...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
]

describe('openPhoto', () => {
  test.each(['image/png', 'image/jpeg', 'image/webp'])('decodes %s', async (type) => {
    const { width, height, data } = await openPhoto(await picture(type), 'photo')
    expect([width, height, data.length]).toEqual([64, 48, 64 * 48 * 4])
    const [red, , blue] = pixel(data, width, 8, 20)
    expect(red).toBeGreaterThan(200)
    expect(blue).toBeLessThan(60)
  })

  test('turns a photo as its EXIF orientation says', async () => {
    const jpeg = await (await picture('image/jpeg')).arrayBuffer()
    // 6: the camera was held so that the stored left edge is the top.
    const { width, height, data } = await openPhoto(withOrientation(jpeg, 6), 'photo')
    expect([width, height]).toEqual([48, 64])
    expect(pixel(data, width, 24, 8)[0]).toBeGreaterThan(200)
    expect(pixel(data, width, 24, 56)[2]).toBeGreaterThan(200)
  })

  test('shows transparency over white', async () => {
    const blob = await new OffscreenCanvas(64, 48).getContext('2d')!.canvas.convertToBlob()
    const { data } = await openPhoto(blob, 'photo')
    expect(pixel(data, 64, 5, 5)).toEqual([255, 255, 255])
  })

  test('says in one sentence that text is no image', async () => {
    const file = new Blob(['Dear Sir or Madam, this is a letter and not a photograph.'])
    await expect(openPhoto(file, 'letter.txt')).rejects.toMatchObject({
      code: 'not-an-image',
      message: '“letter.txt” is not an image that can be read here: choose a JPEG, PNG or WebP photo.',
    })
  })

  test.each(['image/jpeg', 'image/png', 'image/webp'])('says that a cut-off %s is cut off', async (type) => {
    const whole = await picture(type)
    for (const share of [0.3, 0.6, 0.95]) {
      await expect(openPhoto(whole.slice(0, whole.size * share), 'cut.jpg')).rejects.toMatchObject({
        message: '“cut.jpg” is damaged or cut off: copy or download the original file again.',
      })
    }
  })

  test('refuses a 100-megapixel photo from its header', async () => {
    const bytes = new Uint8Array(await (await picture('image/png')).arrayBuffer())
    new DataView(bytes.buffer).setUint32(16, 12_500)
    new DataView(bytes.buffer).setUint32(20, 8_000)
    await expect(openPhoto(new Blob([bytes]), 'huge.png')).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(
        /^“huge.png” has 12500 x 8000 pixels, 100 megapixels, more than the 64 that are taken: choose a smaller copy/,
      ),
    })
  })
})

test('grey is told from colour', async () => {
  const colour = await openPhoto(await picture('image/png'), 'photo')
  expect(isGreyscale(colour)).toBe(false)
  const grey = colour.data.map((_, i) => (i % 4 === 3 ? 255 : (i >> 2) % 256))
  expect(isGreyscale({ ...colour, data: grey })).toBe(true)
})

describe('rasteriseStrokes', () => {
  test('nothing painted is no mask', () => {
    expect(rasteriseStrokes([], 40, 30)).toBeNull()
  })

  test('a tap is a disc, a stroke has round ends', () => {
    const tap = rasteriseStrokes([{ radius: 5, points: [20, 15] }], 40, 30)!
    const area = tap.reduce((sum, value) => sum + value, 0)
    expect(Math.abs(area - Math.PI * 25)).toBeLessThan(12)
    expect([tap[15 * 40 + 20], tap[15 * 40 + 27], tap[2 * 40 + 2]]).toEqual([1, 0, 0])

    const line = rasteriseStrokes([{ radius: 3, points: [10, 10, 30, 10] }], 40, 30)!
    expect(line.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(20 * 6)
    expect([line[10 * 40 + 20], line[10 * 40 + 8], line[20 * 40 + 20]]).toEqual([1, 1, 0])
  })
})
