import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import sharp, { type Sharp, type SharpOptions } from 'sharp'
import { CaptureError } from '../capture/capture-error.ts'
import { isCutOff } from '../capture/open/cut-off.ts'
import { type ImageFormat, imageHeader } from '../capture/open/image-header.ts'
import {
  damagedFile,
  emptyFile,
  maxMegapixels,
  refuseTooLarge,
  unreadFormat,
} from '../capture/open/photo-errors.ts'
import { shortName } from '../capture/open/short-name.ts'
import type { Photo } from '../image/photo.ts'
import { inSrgb } from './colours/in-srgb.ts'
import { CommandError, systemReason } from './command-error.ts'

const readable: ImageFormat[] = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif']
const formatsRead = 'JPEG, PNG, WebP, AVIF, TIFF or GIF'

/**
 * A photo file as sRGB pixels, the same as a browser shows: EXIF orientation applied; colours converted from what a profile,
 * or the chunks of a PNG or the codes of an AVIF say they are; transparency laid on white; 16 bits and grey-scale brought to
 * 8-bit RGB. The first frame of an animation.
 *
 * @throws CommandError where the file is missing; CaptureError `empty`, `not-an-image`, `heic`, `unread-format`, `damaged`,
 * `too-large`.
 */
export async function decodePhoto(path: string): Promise<Photo> {
  return decodePhotoFile(await readImageFile(path), basename(path))
}

/** The same for a file that is read already. @param name for sentences */
export async function decodePhotoFile(file: Uint8Array, name: string): Promise<Photo> {
  const { data, info } = await decode(file, name, (image) =>
    image.flatten({ background: 'white' }).toColourspace('srgb').ensureAlpha().raw(),
  )
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

/**
 * A mask over the photo: white (or any opaque light colour) marks pixels not to be trusted. Black and transparent
 * pixels leave the photo as it is.
 *
 * @returns `width * height`, 1 where the photo is not to be trusted, else 0.
 * @throws CommandError where the file is missing; CaptureError where it is no image, has other proportions than the photo, or marks everything.
 */
export async function decodeMask(path: string, photo: Photo): Promise<Uint8Array> {
  const { width, height } = photo
  const { data, info } = await decode(await readImageFile(path), basename(path), (image) =>
    image.flatten({ background: 'black' }).toColourspace('b-w').raw(),
  )
  if (Math.abs(Math.log((info.width * height) / (info.height * width))) > 0.01) {
    throw new CaptureError(
      'bad-mask',
      `The mask ${basename(path)} is ${info.width} x ${info.height} pixels and the photo ${width} x ${height}: give a mask of the photo's size.`,
    )
  }
  const mask = new Uint8Array(width * height)
  let marked = 0
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * info.height) / height) * info.width
    for (let x = 0; x < width; x++, i++) {
      const column = Math.floor(((x + 0.5) * info.width) / width)
      mask[i] = data[(row + column) * info.channels] >= 128 ? 1 : 0
      marked += mask[i]
    }
  }
  if (marked === mask.length) {
    throw new CaptureError(
      'bad-mask',
      `The mask ${basename(path)} marks the whole photo: paint white only over what must not be trusted.`,
    )
  }
  return mask
}

/**
 * A complete texture in the mesh's UV layout, resampled to `size` texels a side (Lanczos).
 *
 * @returns N x N x 3, sRGB-encoded, 0..1.
 * @throws CommandError where the file is missing; CaptureError where it is no image, truncated or too large.
 */
export async function decodeTexture(path: string, size: number): Promise<Float32Array> {
  const { data } = await decode(await readImageFile(path), basename(path), (image) =>
    image
      .resize(size, size, { fit: 'fill' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw(),
  )
  return Float32Array.from(data, (byte) => byte / 255)
}

/** Checks the file by its header and its end, then decodes it. */
async function decode(bytes: Uint8Array, name: string, steps: (image: Sharp) => Sharp) {
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

/** Pipes and devices have a size of 0 and are read to their end like any file. */
async function readImageFile(path: string): Promise<Buffer> {
  const bytes = await readFile(path).catch((error) => {
    throw new CommandError(
      `${shortName(path)} can't be read (${systemReason(error)}): give the path of an image file.`,
    )
  })
  if (bytes.length === 0) throw emptyFile(shortName(basename(path)))
  return bytes
}
