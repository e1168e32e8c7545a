import sharp from 'sharp'
import { type ImageCodec, requireSquare, webpQuality } from './image-codec.ts'

/** libvips through sharp, for Node. */
export const sharpCodec: ImageCodec = {
  async decode(file) {
    const { data, info } = await sharp(file, { failOn: 'truncated' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
      .catch(() => {
        throw new Error('The texture file cannot be decoded: give a whole PNG or WebP file.')
      })
    return { size: requireSquare(info.width, info.height), data: new Uint8ClampedArray(data) }
  },

  async webp({ size, data }) {
    const image = sharp(data, { raw: { width: size, height: size, channels: 4 } }).removeAlpha()
    // `smartSubsample` keeps the red of lips inside their outline: lossy WebP halves the chroma's resolution.
    return new Uint8Array(await image.webp({ quality: webpQuality, smartSubsample: true }).toBuffer())
  },
}
