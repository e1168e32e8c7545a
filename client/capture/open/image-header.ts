/** Formats known by their first bytes, whether or not they can be read, and what people call them. */
export const formatNames = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  gif: 'GIF',
  bmp: 'BMP',
  avif: 'AVIF',
  heic: 'HEIC',
  tiff: 'TIFF',
  jxl: 'JPEG XL',
  jp2: 'JPEG 2000',
  psd: 'Photoshop',
  raw: 'camera raw',
}
export type ImageFormat = keyof typeof formatNames

/** What an image file says about itself in its first bytes. */
export interface ImageHeader {
  format: ImageFormat
  /** Pixels as stored, before EXIF orientation; null where the header does not tell cheaply. */
  width: number | null
  height: number | null
}

/** Enough of a file to reach the frame header of a JPEG behind its EXIF and colour profile. */
export const headerBytes = 512 * 1024

/**
 * Reads format and dimensions without decoding, so that a hundred-megapixel photo is refused before it takes memory.
 *
 * @param bytes the file's first bytes, {@link headerBytes} of them suffice
 * @returns null where the bytes are no image known here
 * @example imageHeader(png) // -> { format: 'png', width: 640, height: 480 }
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (bytes.length < 26) return null
  if (text(1, 4) === 'PNG') return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) }
  if (view.getUint16(0) === 0xffd8) return { format: 'jpeg', ...jpegSize(view) }
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return { format: 'webp', ...webpSize(view) }
  if (text(0, 4) === 'GIF8') {
    return { format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  }
  if (text(0, 2) === 'BM') {
    // Older headers have the size elsewhere.
    if (view.getUint32(14, true) < 40) return { format: 'bmp', width: null, height: null }
    return {
      format: 'bmp',
      width: Math.abs(view.getInt32(18, true)),
      height: Math.abs(view.getInt32(22, true)),
    }
  }
  const format = unsized(text(0, 12)) ?? (text(4, 8) === 'ftyp' ? branded(text, view.getUint32(0)) : null)
  return format && { format, width: null, height: null }
}

/** Formats whose first bytes do not tell the size cheaply. @param start the first 12 bytes */
function unsized(start: string): ImageFormat | null {
  if (/^(II\*\0|MM\0\*|II\+\0|MM\0\+)/.test(start)) return 'tiff'
  if (/^(\xff\n|\0\0\0\fJXL )/.test(start)) return 'jxl'
  if (/^(\0\0\0\fjP {2}|\xff\x4f\xff\x51)/.test(start)) return 'jp2'
  if (start.startsWith('8BPS')) return 'psd'
  if (/^(FUJIFILM|IIU\0|IIRO|IIRS|MMOR)/.test(start)) return 'raw'
  return null
}

/** The format of a file made of ISO boxes, by its brands. One that names AVIF among them is AVIF, whatever comes first. */
function branded(text: (from: number, to: number) => string, length: number): ImageFormat | null {
  const brands = text(8, Math.min(length, 256)).match(/.{4}/gs) ?? []
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif'
  if (brands.some((brand) => /^(hei[cxmfs]|hev[cxms]|mif1|msf1)$/.test(brand))) return 'heic'
  return brands[0] === 'crx ' ? 'raw' : null
}

interface Size {
  width: number | null
  height: number | null
}

/** Walks the segments to the start of frame (any SOFn but the tables C4, C8, CC). */
function jpegSize(view: DataView): Size {
  let at = 2
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return { width: null, height: null }
}

/** Three kinds of WebP put the size in three places: extended, lossless, lossy. */
function webpSize(view: DataView): Size {
  if (view.byteLength < 30) return { width: null, height: null }
  const kind = view.getUint8(15)
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  if (kind === 0x58) return { width: uint24(24) + 1, height: uint24(27) + 1 }
  if (kind === 0x4c) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
}
