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
    const { width, height } = info
    requireSquare(width, height)
    return { width, height, data: new Uint8ClampedArray(data) }
  },

  async webp({ width, height, data }) {
    const image = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha()
    // `smartSubsample` keeps the red of lips inside their outline: lossy WebP halves the chroma's resolution.
    return new Uint8Array(await image.webp({ quality: webpQuality, smartSubsample: true }).toBuffer())
  },
}
