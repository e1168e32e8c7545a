import { expect, test } from 'vitest'
import { photoJpeg, previewJpeg } from '../../../client/app/sharing/preview.ts'

const jpegOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes], { type: 'image/jpeg' })

/** Markers before the picture's data, as two hex digits. */
function markers(jpeg: Uint8Array): string[] {
  const found: string[] = []
  for (let at = 2; jpeg[at + 1] !== 0xda; at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3]) {
    found.push(jpeg[at + 1].toString(16))
  }
  return found
}

async function pixel(jpeg: Uint8Array<ArrayBuffer>, x: number, y: number): Promise<number[]> {
  const bitmap = await createImageBitmap(jpegOf(jpeg))
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return [...context.getImageData(x, y, 1, 1).data.slice(0, 3)]
}

const near = (actual: number[], expected: number[]) =>
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i])))).toBeLessThan(8)

test('the preview shows the face in the middle, on the stage’s grey, without metadata', async () => {
  const texture = { size: 2, data: new Uint8ClampedArray(16).map((_, i) => [200, 120, 90, 255][i % 4]) }
  const mesh = {
    positions: Float32Array.of(-5, 5, 0, 5, 5, 0, 5, -5, 0, -5, -5, 0),
    normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1),
    uv: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1),
    triangles: Uint32Array.of(0, 3, 1, 1, 3, 2),
  }
  const jpeg = await previewJpeg({ mesh, texture })
  const { width, height } = await createImageBitmap(jpegOf(jpeg))
  expect([width, height]).toEqual([1200, 630])
  near(await pixel(jpeg, 600, 315), [200, 120, 90])
  near(await pixel(jpeg, 5, 5), [117, 117, 117])
  // The turned faces lie outside the square in the middle, which is all that some pages show.
  for (const x of [142, 1058]) near(await pixel(jpeg, x, 315), [200, 120, 90])
  for (const x of [290, 910]) near(await pixel(jpeg, x, 315), [117, 117, 117])
  expect(markers(jpeg).filter((marker) => marker > 'e0' && marker <= 'ef')).toEqual([])
})

test('a photo is shared upright, smaller, and without what its file told', async () => {
  const canvas = new OffscreenCanvas(4000, 1000)
  const context = canvas.getContext('2d')!
  context.fillStyle = 'rgb(10 200 60)'
  context.fillRect(0, 0, 4000, 1000)
  const plain = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer())
  // An EXIF segment that says "turn it by 90 degrees" (orientation 6), and whose it is.
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1]
  exif.push(...[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0])
  const told = Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, exif.length + 2, ...exif, ...plain.slice(2)])
  const jpeg = await photoJpeg(new Blob([told], { type: 'image/jpeg' }))
  const { width, height } = await createImageBitmap(jpegOf(jpeg))
  expect([width, height]).toEqual([400, 1600])
  near(await pixel(jpeg, 200, 800), [10, 200, 60])
  expect(markers(jpeg).filter((marker) => marker > 'e0' && marker <= 'ef')).toEqual([])
})
