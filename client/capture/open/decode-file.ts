/** Decodes photo files in Node, as open-photo.ts does in a browser. */

import sharp, { type Sharp, type SharpOptions } from 'sharp'
import type { Photo } from '../../image/photo.ts'
import { CaptureError } from '../capture-error.ts'
import { inSrgb } from './colours/in-srgb.ts'
import { isCutOff } from './cut-off.ts'
import { type ImageFormat, imageHeader } from './image-header.ts'
import { damagedFile, emptyFile, maxMegapixels, refuseTooLarge, unreadFormat } from './photo-errors.ts'
import { shortName } from './short-name.ts'

const readable: ImageFormat[] = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif']
const formatsRead = 'JPEG, PNG, WebP, AVIF, TIFF or GIF'

/**
 * A photo file as sRGB pixels, the same as a browser shows: EXIF orientation applied; colours converted from those of a
 * profile, a PNG's chunks or an AVIF's codes; transparency laid on white; 16 bits and grey-scale brought to 8-bit RGB. The
 * first frame of an animation.
 *
 * @param file all of its bytes
 * @param name for sentences
 * @throws CaptureError `empty`, `not-an-image`, `heic`, `unread-format`, `damaged`, `too-large`
 */
export async function decodePhotoFile(file: Uint8Array, name: string): Promise<Photo> {
  const { data, info } = await decodeImage(file, name, (image) =>
    image.flatten({ background: 'white' }).toColourspace('srgb').ensureAlpha().raw(),
  )
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

/**
 * Checks the file by its header and its end, brings it to sRGB, then decodes it.
 *
 * @param bytes the whole file
 * @param steps what is to be done to the picture, down to raw pixels
 * @throws CaptureError as {@link decodePhotoFile}
 */
export async function decodeImage(bytes: Uint8Array, name: string, steps: (image: Sharp) => Sharp) {
  const label = shortName(name)
  if (bytes.length === 0) throw emptyFile(label)
  const format = imageHeader(bytes)?.format
  if (!format) {
    throw new CaptureError(
      'not-an-image',
      `${label} is not an image this program reads, or its first bytes are damaged: give a ${formatsRead} file.`,
    )
  }
  if (!readable.includes(format)) throw unreadFormat(label, format, 'this program')
  const damaged = (error: unknown) =>
    damagedFile(label, shortName((error as Error).message.split('\n')[0].trim()))
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error) => {
      throw damaged(error)
    })
  refuseTooLarge(label, metadata.width, metadata.height)
  if (isCutOff(bytes, format)) throw damagedFile(label)
  // libvips' own warnings are about harmless flaws; only missing data makes a photo unusable.
  const options: SharpOptions = { failOn: 'truncated', limitInputPixels: maxMegapixels * 1e6 }
  try {
    const image = await inSrgb(bytes, format, metadata, options, label)
    return await steps(image).toBuffer({ resolveWithObject: true })
  } catch (error) {
    throw error instanceof CaptureError ? error : damaged(error)
  }
}
