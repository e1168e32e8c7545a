import { inflateSync } from 'node:zlib'

/** 8-bit RGBA, row-major, not premultiplied. */
export interface PngPixels {
  width: number
  height: number
  /** height x width x 4 */
  data: Uint8Array
}

const signature = 8
const channels = 4
/** IHDR's bit depth, colour type (RGBA), compression, filter and interlacing (none). */
const layout = '8,6,0,0,0'

/**
 * The pixels of a PNG of the one kind that MakeHuman's hair has: 8-bit RGBA without interlacing (W3C PNG, third edition). The
 * server makes its model files without the image library, which only developers install.
 *
 * @throws Error where it is of another kind
 */
export function readPng(file: Uint8Array): PngPixels {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const data: Uint8Array[] = []
  let [width, height, found] = [0, 0, '']
  for (let at = signature; at + 8 < file.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8))
    if (type === 'IDAT') data.push(file.subarray(at + 8, at + 8 + view.getUint32(at)))
    if (type !== 'IHDR') continue
    width = view.getUint32(at + 8)
    height = view.getUint32(at + 12)
    found = file.subarray(at + 16, at + 21).join()
  }
  if (found !== layout) throw new Error('Of PNG files, only 8-bit RGBA without interlacing is read here.')
  return { width, height, data: unfilter(inflateSync(Buffer.concat(data)), width * channels, height) }
}

/** Undoes the filters of PNG section 9. */
function unfilter(filtered: Uint8Array, stride: number, height: number): Uint8Array {
  const pixels = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = filtered[y * (stride + 1)]
    const row = y * stride
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : pixels[row + i - channels]
      const up = y === 0 ? 0 : pixels[row + i - stride]
      const upLeft = i < channels || y === 0 ? 0 : pixels[row + i - stride - channels]
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter]
      pixels[row + i] = filtered[y * (stride + 1) + 1 + i] + predicted
    }
  }
  return pixels
}

/** PNG section 9.4. */
function paeth(left: number, up: number, upLeft: number): number {
  const [a, b, c] = [up - upLeft, left - upLeft, left + up - 2 * upLeft].map(Math.abs)
  return a <= b && a <= c ? left : b <= c ? up : upLeft
}
