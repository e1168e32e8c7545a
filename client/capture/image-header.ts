/** What an image file says about itself in its first bytes. */
export interface ImageHeader {
  format: 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic'
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
    return { format: 'bmp', width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
  }
  if (text(4, 8) === 'ftyp') {
    const brand = text(8, 12)
    if (brand === 'avif' || brand === 'avis') return { format: 'avif', width: null, height: null }
    if (/^(hei[cxmfs]|hevc|mif1|msf1)$/.test(brand)) return { format: 'heic', width: null, height: null }
  }
  return null
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
