import type { ImageFormat } from './image-header.ts'

/**
 * Does the file end before its (first) picture does? Decoders draw the upper part of such a file and report nothing. Bytes
 * behind the picture's end (a video, a second picture, padding) do no harm.
 *
 * @param bytes the whole file
 * @returns false for formats whose decoders notice by themselves
 */
export function isCutOff(bytes: Uint8Array, format: ImageFormat): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return !(ends[format]?.(bytes, view) ?? true)
  } catch (error) {
    // A length or a marker that should be there lies beyond the end.
    if (error instanceof RangeError) return true
    throw error
  }
}

type Ends = (bytes: Uint8Array, view: DataView) => boolean

const ends: Partial<Record<ImageFormat, Ends>> = {
  /** Segments are stepped over by their lengths, so that the end of a thumbnail inside of one is not the picture's. */
  jpeg(bytes, view) {
    const [STUFFED, TEM, RST0, SOI, EOI] = [0x00, 0x01, 0xd0, 0xd8, 0xd9]
    for (let at = 2; ; ) {
      // Segments follow each other at once; behind the header of a scan come its data.
      at = bytes.indexOf(0xff, at)
      if (at < 0) return false
      while (view.getUint8(at) === 0xff) at++
      const marker = bytes[at++]
      if (marker === EOI) return true
      const alone = marker === STUFFED || marker === TEM || (marker >= RST0 && marker <= SOI)
      if (!alone) at += view.getUint16(at)
    }
  },

  png(_, view) {
    const IEND = 0x49454e44
    let at = 8
    while (view.getUint32(at + 4) !== IEND) at += 12 + view.getUint32(at)
    return true
  },

  webp: (bytes, view) => view.getUint32(4, true) + 8 <= bytes.length,

  /** The first frame is enough. */
  gif(_, view) {
    const colourTable = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
    let at = 13 + colourTable(view.getUint8(10))
    const skipSubBlocks = () => {
      while (view.getUint8(at) > 0) at += 1 + view.getUint8(at)
      at++
    }
    for (;;) {
      const block = view.getUint8(at)
      if (block === 0x2c) {
        at += 10 + colourTable(view.getUint8(at + 9)) + 1
        skipSubBlocks()
        return true
      }
      if (block !== 0x21) return false
      at += 2
      skipSubBlocks()
    }
  },

  bmp(bytes, view) {
    const olderHeader = view.getUint32(14, true) < 40
    if (olderHeader) return true
    const [width, height] = [view.getInt32(18, true), Math.abs(view.getInt32(22, true))]
    const compressed = [1, 2].includes(view.getUint32(30, true))
    const stride = 4 * Math.ceil((width * view.getUint16(28, true)) / 32)
    const start = view.getUint32(10, true)
    return compressed ? start < bytes.length : start + stride * height <= bytes.length
  },
}
