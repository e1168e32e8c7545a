import type { Photo } from '../../image/photo.ts'
import { CaptureError } from '../capture-error.ts'
import { isCutOff } from './cut-off.ts'
import { headerBytes, type ImageFormat, imageHeader } from './image-header.ts'
import { damagedFile, emptyFile, refuseTooLarge, unreadFormat } from './photo-errors.ts'
import { shortName } from './short-name.ts'
import { takeWebpOrientation } from './webp-orientation.ts'

/**
 * Decodes an image file: EXIF orientation applied, colours in sRGB, transparency over white. Runs in a worker.
 *
 * @throws CaptureError with one sentence: `empty`, `not-an-image`, `heic`, `unread-format`, `damaged`, `too-large`,
 * `unreadable`
 */
export async function openPhoto(file: Blob, name: string): Promise<Photo> {
  const label = `“${shortName(name)}”`
  if (file.size === 0) throw emptyFile(label)
  const header = imageHeader(await bytesOf(file.slice(0, headerBytes), label))
  if (!header) {
    throw new CaptureError(
      'not-an-image',
      `${label} is not an image that can be read here: choose a JPEG, PNG or WebP photo.`,
      { file: label },
    )
  }
  const { format } = header
  if (header.width && header.height) refuseTooLarge(label, header.width, header.height)
  const bytes = await bytesOf(file, label)
  if (isCutOff(bytes, format)) throw damagedFile(label)

  // Some browsers turn a WebP by its EXIF, some do not. Without an orientation none does.
  const { orientation, unturned } =
    format === 'webp' ? takeWebpOrientation(bytes) : { orientation: 1, unturned: bytes }
  const bitmap = await createImageBitmap(new Blob([unturned]), { imageOrientation: 'from-image' }).catch(
    () => {
      throw everyBrowserReads.includes(format)
        ? damagedFile(label)
        : unreadFormat(label, format, 'this browser')
    },
  )
  try {
    refuseTooLarge(label, bitmap.width, bitmap.height)
    const [width, height] = orientation > 4 ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height]
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
    if (!context)
      throw new CaptureError('too-large', `${label} needs more memory than this browser gives.`, {
        file: label,
      })
    context.fillStyle = '#fff'
    context.fillRect(0, 0, width, height)
    context.setTransform(...turns[orientation - 1](width, height))
    context.drawImage(bitmap, 0, 0)
    return { width, height, data: context.getImageData(0, 0, width, height).data as Uint8ClampedArray }
  } finally {
    bitmap.close()
  }
}

const everyBrowserReads: ImageFormat[] = ['jpeg', 'png', 'webp', 'gif', 'bmp', 'avif']

/** Transforms from the stored picture to the upright one of this width and height, by EXIF orientation less one. */
const turns: ((width: number, height: number) => [number, number, number, number, number, number])[] = [
  () => [1, 0, 0, 1, 0, 0],
  (width) => [-1, 0, 0, 1, width, 0],
  (width, height) => [-1, 0, 0, -1, width, height],
  (_, height) => [1, 0, 0, -1, 0, height],
  () => [0, 1, 1, 0, 0, 0],
  (width) => [0, 1, -1, 0, width, 0],
  (width, height) => [0, -1, -1, 0, width, height],
  (_, height) => [0, -1, 1, 0, 0, height],
]

async function bytesOf(file: Blob, label: string): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = await file.arrayBuffer().catch((error) => {
    // Since it was chosen, the file was moved or changed, or its drive is gone.
    const reason = (error as Error).message.replace(/[.\s]+$/, '')
    throw new CaptureError('unreadable', `${label} can't be read any more (${reason}): choose it again.`, {
      file: label,
    })
  })
  return new Uint8Array(buffer)
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
