/**
 * PNG writing (W3C PNG, third edition) for browser, worker and Node. Written here because the file must carry an
 * sRGB chunk, no other metadata and the same bytes for the same pixels; a canvas promises none of the three.
 */

/** Bytes a pixel takes, and PNG's colour type for it. */
export const layouts = {
  grey: { channels: 1, colourType: 0 },
  rgb: { channels: 3, colourType: 2 },
  rgba: { channels: 4, colourType: 6 },
} as const
export type PngLayout = keyof typeof layouts

/**
 * An 8-bit PNG of interleaved pixels, row-major, first row at the top.
 *
 * @param pixels `width * height * channels` bytes, sRGB-encoded (grey: 1 channel, rgb: 3, rgba: 4, straight alpha).
 * @returns the file. Chunks: IHDR, sRGB (perceptual), IDAT, IEND.
 * @throws RangeError where `pixels` has another length.
 *
 * ```ts
 * await encodePng(new Uint8Array([255, 0, 0]), 1, 1, 'rgb') // a red pixel
 * ```
 */
export async function encodePng(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  layout: PngLayout,
): Promise<Uint8Array<ArrayBuffer>> {
  const { channels, colourType } = layouts[layout]
  if (pixels.length !== width * height * channels) {
    throw new RangeError(
      `A ${width} x ${height} ${layout} image takes ${width * height * channels} bytes; ${pixels.length} were given.`,
    )
  }
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header.set([8, colourType, 0, 0, 0], 8)
  const data = await deflate(filterRows(pixels, width, height, channels))
  return concatenate([
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('sRGB', new Uint8Array([0])),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array(0)),
  ])
}

/** A texture (N x N x 3, sRGB-encoded, 0..1) as an RGB PNG. Values are clamped and rounded to 8 bits. */
export function texturePng(texture: Float32Array, size: number): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(toBytes(texture), size, size, 'rgb')
}

/** A head's texture (`headAtlas`: N x 2N x 3, sRGB-encoded, 0..1) as an RGB PNG, 2N wide and N high. @param size N */
export function atlasPng(atlas: Float32Array, size: number): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(toBytes(atlas), 2 * size, size, 'rgb')
}

/** A weight or mask (N x N, 0..1) as a grey PNG, 255 for 1. The values are stored as they are, without gamma. */
export function weightPng(weight: Float32Array, size: number): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(toBytes(weight), size, size, 'grey')
}

/** Values 0..1 to bytes: clamped, rounded to nearest; NaN becomes 0. */
export function toBytes(values: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const bytes = new Uint8ClampedArray(values.length)
  for (let i = 0; i < values.length; i++) bytes[i] = Math.round(values[i] * 255)
  return bytes
}

/** Every row gets the filter whose residuals have the smallest sum of magnitudes (the heuristic of PNG section 12.7). */
function filterRows(pixels: Uint8Array | Uint8ClampedArray, width: number, height: number, channels: number) {
  const stride = width * channels
  const out = new Uint8Array((stride + 1) * height)
  const zero = new Uint8Array(stride)
  const candidates = Array.from({ length: 5 }, () => new Uint8Array(stride))
  const [none, sub, above, average, nearest] = candidates
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * stride, (y + 1) * stride)
    const up = y === 0 ? zero : pixels.subarray((y - 1) * stride, y * stride)
    for (let i = 0; i < stride; i++) {
      const a = i < channels ? 0 : row[i - channels]
      const b = up[i]
      const c = i < channels ? 0 : up[i - channels]
      none[i] = row[i]
      sub[i] = row[i] - a
      above[i] = row[i] - b
      average[i] = row[i] - ((a + b) >> 1)
      nearest[i] = row[i] - paeth(a, b, c)
    }
    const sums = candidates.map(magnitude)
    const best = sums.indexOf(Math.min(...sums))
    out[y * (stride + 1)] = best
    out.set(candidates[best], y * (stride + 1) + 1)
  }
  return out
}

/** Residuals wrap around: 255 is -1. */
function magnitude(residuals: Uint8Array): number {
  let sum = 0
  for (const residual of residuals) sum += residual < 128 ? residual : 256 - residual
  return sum
}

/** PNG section 9.4: of left, above and upper left the one nearest to left + above - upper left. */
export function paeth(a: number, b: number, c: number): number {
  const toA = Math.abs(b - c)
  const toB = Math.abs(a - c)
  const toC = Math.abs(a + b - 2 * c)
  return toA <= toB && toA <= toC ? a : toB <= toC ? b : c
}

/** zlib stream (RFC 1950) by the platform's own compressor. */
async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Length, type, data, CRC-32 of type and data. */
function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i)
  bytes.set(data, 8)
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)))
  return bytes
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function concatenate(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
