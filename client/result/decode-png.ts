import { layouts, paeth } from './png.ts'

export interface DecodedPng {
  width: number
  height: number
  channels: number
  /** `height * width * channels` bytes, row-major, first row at the top. */
  pixels: Uint8Array
}

/**
 * Reads back what `encodePng` has written, byte for byte. A canvas does not promise that: browsers that guard against
 * fingerprinting change what is read from it.
 *
 * @throws RangeError of any other PNG: interlaced, with a palette or more than 8 bits
 */
export async function decodePng(file: Uint8Array<ArrayBuffer>): Promise<DecodedPng> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let header: Uint8Array | null = null
  const data: Uint8Array<ArrayBuffer>[] = []
  for (let at = 8; at + 12 <= file.length; ) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8))
    const content = file.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') header = content
    if (type === 'IDAT') data.push(content)
    at += length + 12
  }
  const layout = Object.values(layouts).find(({ colourType }) => colourType === header?.[9])
  if (!header || !layout || header[8] !== 8 || header[12] !== 0)
    throw new RangeError('A PNG of 8-bit grey, RGB or RGBA, not interlaced, was expected.')
  const { channels } = layout
  const [width, height] = [0, 4].map((k) => new DataView(header.buffer, header.byteOffset).getUint32(k))
  const rows = await inflate(data)
  if (rows.length !== (width * channels + 1) * height)
    throw new RangeError(`A PNG of ${width} x ${height} pixels holds ${rows.length} bytes.`)
  return { width, height, channels, pixels: unfilterRows(rows, width * channels, height, channels) }
}

/** PNG section 9.2: each byte is what the row's filter foretells, and what is stored. */
function unfilterRows(rows: Uint8Array, stride: number, height: number, channels: number): Uint8Array {
  const pixels = new Uint8Array(stride * height)
  let up = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)]
    const stored = rows.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1))
    const row = pixels.subarray(y * stride, (y + 1) * stride)
    for (let i = 0; i < stride; i++) {
      const a = i < channels ? 0 : row[i - channels]
      const c = i < channels ? 0 : up[i - channels]
      row[i] = stored[i] + foretold(filter, a, up[i], c)
    }
    up = row
  }
  return pixels
}

function foretold(filter: number, a: number, b: number, c: number): number {
  if (filter === 1) return a
  if (filter === 2) return b
  if (filter === 3) return (a + b) >> 1
  return filter === 4 ? paeth(a, b, c) : 0
}

async function inflate(parts: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array> {
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
