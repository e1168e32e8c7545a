import { basename } from 'node:path'
import { CaptureError } from '../capture/capture-error.ts'
import { decodeImage, decodePhotoFile } from '../capture/open/decode-file.ts'
import { emptyFile } from '../capture/open/photo-errors.ts'
import { shortName } from '../capture/open/short-name.ts'
import type { Photo } from '../image/photo.ts'
import { systemReason } from '../runtime/system-reason.ts'
import { CommandError } from './command-error.ts'
import { readFileUpTo } from './read-file-up-to.ts'

/**
 * A photo file by its path, as {@link decodePhotoFile}.
 *
 * @throws CommandError where the file is missing; CaptureError
 */
export async function decodePhoto(path: string): Promise<Photo> {
  return decodePhotoFile(await readImageFile(path), basename(path))
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
  const { data, info } = await decodeImage(await readImageFile(path), basename(path), (image) =>
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
  const { data } = await decodeImage(await readImageFile(path), basename(path), (image) =>
    image
      .resize(size, size, { fit: 'fill' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw(),
  )
  return Float32Array.from(data, (byte) => byte / 255)
}

/** The largest photo that is taken, stored with 16 bits and alpha and without compression. */
const mostBytes = 512 * 1024 * 1024

async function readImageFile(path: string): Promise<Buffer> {
  const label = shortName(basename(path))
  const bytes = await readFileUpTo(path, mostBytes, label).catch((error) => {
    if (error instanceof CommandError) throw error
    throw new CommandError(
      `${shortName(path)} can't be read (${systemReason(error)}): give the path of an image file.`,
    )
  })
  if (bytes.length === 0) throw emptyFile(label)
  return bytes
}
