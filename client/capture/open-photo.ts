import { headerBytes, imageHeader } from './image-header.ts'
import { CaptureError, type Photo } from './types.ts'

/** Decoded, a photo takes four bytes a pixel in each of the few copies made of it. */
export const maxMegapixels = 64

/**
 * Decodes an image file: EXIF orientation applied, colours in sRGB, transparency over white. Runs in a worker.
 *
 * @throws CaptureError with one sentence: no image, damaged or cut off, more than {@link maxMegapixels}.
 */
export async function openPhoto(file: Blob, name: string): Promise<Photo> {
  const header = imageHeader(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()))
  if (!header) {
    throw new CaptureError(
      'not-an-image',
      `“${name}” is not an image that can be read here: choose a JPEG, PNG or WebP photo.`,
    )
  }
  if (header.width && header.height) refuseTooLarge(name, header.width, header.height)
  if (await isCutOff(file, header.format)) throw damaged(name)

  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw header.format === 'heic'
      ? new CaptureError(
          'not-an-image',
          `“${name}” is a HEIC photo, which this browser can't read: save it as JPEG and choose that.`,
        )
      : damaged(name)
  })
  try {
    refuseTooLarge(name, bitmap.width, bitmap.height)
    const { width, height } = bitmap
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (!context) throw new CaptureError('too-large', `“${name}” needs more memory than this browser gives.`)
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    context.drawImage(bitmap, 0, 0)
    return { width, height, data: context.getImageData(0, 0, width, height).data as Uint8ClampedArray }
  } finally {
    bitmap.close()
  }
}

/** Do all pixels have (nearly) equal red, green and blue? Looks at about 4,000 of them. */
export function isGreyscale({ data }: Photo): boolean {
  const stride = Math.max(1, Math.floor(data.length / 4 / 4096)) * 4
  for (let i = 0; i + 2 < data.length; i += stride) {
    const most = Math.max(data[i], data[i + 1], data[i + 2])
    if (most - Math.min(data[i], data[i + 1], data[i + 2]) > 6) return false
  }
  return true
}

function refuseTooLarge(name: string, width: number, height: number) {
  const megapixels = (width * height) / 1e6
  if (megapixels <= maxMegapixels) return
  throw new CaptureError(
    'too-large',
    `“${name}” has ${Math.round(megapixels)} megapixels, more than the ${maxMegapixels} that fit here: choose a smaller copy.`,
  )
}

/** Browsers draw the upper part of a cut-off JPEG or PNG without a word: look for the end marker instead. */
async function isCutOff(file: Blob, format: string): Promise<boolean> {
  if (format !== 'jpeg' && format !== 'png') return false
  const tail = new Uint8Array(await file.slice(-headerBytes).arrayBuffer())
  const end = format === 'jpeg' ? [0xff, 0xd9] : [0x49, 0x45, 0x4e, 0x44]
  for (let at = tail.length - end.length; at >= 0; at--) {
    if (end.every((byte, i) => tail[at + i] === byte)) return false
  }
  return true
}

function damaged(name: string): CaptureError {
  return new CaptureError('not-an-image', `“${name}” is damaged or cut off: choose another copy of it.`)
}
