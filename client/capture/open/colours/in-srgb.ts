import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'
import { CaptureError } from '../../capture-error.ts'
import type { ImageFormat } from '../image-header.ts'
import { rec709Primaries, type StoredColours, toSrgb } from '../stored-colours.ts'
import { avifColours } from './avif-colours.ts'
import { type IccProfile, iccProfile } from './icc-profile.ts'
import { pngColours, pngProfile } from './png-colours.ts'

/**
 * An image file, upright, that comes out in sRGB whatever is done to it. sharp is right about 8 bits with or without a
 * profile. It ignores colours that are named by codes or by a gamma, leaves 16 bits that have a profile in Display P3, and
 * takes inks without a profile for those of some press. Those are brought to 8-bit sRGB here, as browsers do.
 *
 * @param bytes the whole file
 * @param label the file's name, for sentences
 * @throws CaptureError `unread-format` where colours are brighter than white (PQ, HLG)
 */
export async function inSrgb(
  bytes: Uint8Array,
  format: ImageFormat,
  metadata: Metadata,
  options: SharpOptions,
  label: string,
): Promise<Sharp> {
  const icc = metadata.icc ?? (format === 'png' ? pngProfile(bytes) : null)
  const profile = icc && iccProfile(icc)
  const colours = storedColours(bytes, format, metadata, profile)
  if (colours && 'hdr' in colours) {
    throw new CaptureError(
      'unread-format',
      `${label} is an HDR picture (${colours.hdr}), which this program can't read: save it as an ordinary JPEG or PNG and choose that.`,
    )
  }
  const upright = () => sharp(bytes, options).rotate()
  const asStored = () => sharp(bytes, { ...options, ignoreIcc: true } as SharpOptions).rotate()

  if (colours) {
    const deep = metadata.depth !== 'uchar'
    const { data, info } = await asStored()
      .toColourspace(deep ? 'rgb16' : 'srgb')
      .ensureAlpha()
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const levels = deep ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data
    return sharp(toSrgb(levels, colours), { raw: { width: info.width, height: info.height, channels: 4 } })
  }
  if (metadata.space === 'rgb16' && profile?.space === 'RGB ' && profile.isWhole) {
    const { data, info } = await upright()
      .withIccProfile('srgb')
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
  }
  if (metadata.space === 'cmyk' && !profile) {
    const { data, info } = await asStored()
      .pipelineColourspace('cmyk')
      .toColourspace('cmyk')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const { width, height, channels } = info
    const rgb = new Uint8ClampedArray(3 * width * height)
    for (let i = 0; i < rgb.length; i++) {
      const pixel = channels * Math.floor(i / 3)
      rgb[i] = ((255 - data[pixel + (i % 3)]) * (255 - data[pixel + 3])) / 255
    }
    return sharp(rgb, { raw: { width, height, channels: 3 } })
  }
  return upright()
}

/** null where sharp knows them. */
function storedColours(
  bytes: Uint8Array,
  format: ImageFormat,
  { space }: Metadata,
  profile: IccProfile | null,
): StoredColours | { hdr: string } | null {
  const named =
    format === 'png' ? pngColours(bytes) : format === 'avif' && !profile ? avifColours(bytes) : null
  if (named) return named
  const isGrey = space === 'b-w' || space === 'grey16'
  return isGrey && profile?.grey ? { chromaticities: rec709Primaries, toLinear: profile.grey } : null
}
