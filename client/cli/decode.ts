import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { CaptureError, type Photo } from '../capture/types.ts'
import { CommandError, systemReason } from './command-error.ts'

/** Larger pictures are refused by their header, before a pixel is decoded. The largest phone photos have 50. */
export const maxMegapixels = 64

const formats = ['jpeg', 'png', 'webp', 'heif', 'tiff', 'gif']
const formatNames = 'JPEG, PNG, WebP, AVIF, TIFF or GIF'

/**
 * A photo file as sRGB pixels: EXIF orientation applied, an embedded colour profile converted, transparency laid on
 * white, 16 bits and grey-scale brought to 8-bit RGB. The first frame of an animation.
 *
 * @throws CommandError where the file is missing; CaptureError where it is no image, truncated or too large.
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

/** Checks the file by its header, then decodes it. */
async function decode(bytes: Uint8Array, name: string, steps: (image: Sharp) => Sharp) {
  const metadata = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => null)
  if (!metadata || !formats.includes(metadata.format)) {
    throw new CaptureError(
      'not-an-image',
      `${name} is not an image this program reads, or its first bytes are damaged: give a ${formatNames} file.`,
    )
  }
  const megapixels = (metadata.width * metadata.height) / 1e6
  if (megapixels > maxMegapixels) {
    throw new CaptureError(
      'too-large',
      `${name} has ${metadata.width} x ${metadata.height} pixels (${Math.round(megapixels)} megapixels; at most ${maxMegapixels} are taken): make it smaller, a face 1,000 pixels tall is plenty.`,
    )
  }
  try {
    // libvips' own warnings are about harmless flaws; only missing data makes a photo unusable.
    const image = sharp(bytes, { failOn: 'truncated', limitInputPixels: maxMegapixels * 1e6 }).rotate()
    return await steps(image).toBuffer({ resolveWithObject: true })
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0].trim()
    throw new CaptureError(
      'not-an-image',
      `${name} is cut short or damaged (${reason}): copy or download the original file again.`,
    )
  }
}

async function readImageFile(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size === 0) throw new Error('the file is empty')
    return await readFile(path)
  } catch (error) {
    throw new CommandError(`${path} can't be read (${systemReason(error)}): give the path of an image file.`)
  }
}
