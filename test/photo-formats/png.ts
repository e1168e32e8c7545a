/** PNG files with exactly the chunks asked for. */
import { crc32, deflateSync } from 'node:zlib'
import type { Picture } from './picture.ts'

const colourTypes = { grey: 0, rgb: 2, greyAlpha: 4, rgba: 6 }

export interface PngOptions {
  depth?: 8 | 16
  type?: keyof typeof colourTypes
  /** Between IHDR and IDAT. */
  chunks?: readonly Uint8Array[]
  /** Between IDAT and IEND. */
  behind?: readonly Uint8Array[]
  /** Width and height to state; default: the true ones. */
  size?: readonly [number, number]
}

/** `grey` takes the red channel. */
export function png(
  of: Picture,
  { depth = 8, type, chunks = [], behind = [], size = [of.width, of.height] }: PngOptions = {},
): Buffer {
  const kind = type ?? (of.channels === 4 ? 'rgba' : 'rgb')
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size[0], 0)
  header.writeUInt32BE(size[1], 4)
  header[8] = depth
  header[9] = colourTypes[kind]
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', header),
    ...chunks,
    chunk('IDAT', pixels(of, kind, depth)),
    ...behind,
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Rows without a filter, compressed. */
function pixels(of: Picture, kind: keyof typeof colourTypes, depth: 8 | 16): Buffer {
  const channels = { grey: [0], rgb: [0, 1, 2], greyAlpha: [0, 3], rgba: [0, 1, 2, 3] }[kind]
  const rows: number[] = []
  for (let y = 0; y < of.height; y++) {
    rows.push(0)
    for (let x = 0; x < of.width; x++) {
      for (const channel of channels) {
        const level = of.data[of.channels * (y * of.width + x) + channel]
        if (depth === 8) rows.push(Math.round(level))
        else {
          const fine = Math.round(level * 257)
          rows.push(fine >> 8, fine & 255)
        }
      }
    }
  }
  return deflateSync(Buffer.from(rows))
}

export function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, crc])
}

const uint32s = (values: number[]) => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i)
  return bytes
}

export const gammaChunk = (gamma: number) => chunk('gAMA', uint32s([Math.round(gamma * 100_000)]))
/** @param chromaticities x, y of red, green, blue and white */
export const chromaticitiesChunk = (chromaticities: readonly (readonly [number, number])[]) => {
  const [red, green, blue, white] = chromaticities
  return chunk('cHRM', uint32s([white, red, green, blue].flat().map((value) => Math.round(value * 100_000))))
}
export const srgbChunk = () => chunk('sRGB', Buffer.from([0]))
/** @param codes primaries and transfer function of ITU-T H.273 */
export const cicpChunk = (primaries: number, transfer: number, fullRange = 1) =>
  chunk('cICP', Buffer.from([primaries, transfer, 0, fullRange]))
export const profileChunk = (profile: Uint8Array) =>
  chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0'), deflateSync(profile)]))
/** @param rgb in the file's own depth */
export const clearColour = (rgb: number[]) =>
  chunk('tRNS', Buffer.from(rgb.flatMap((level) => [level >> 8, level & 255])))
export const exifChunk = (tiff: Uint8Array) => chunk('eXIf', tiff)

/** Two frames of the same size, each shown for a second. */
export function animated(first: Picture, second: Picture): Buffer {
  const frame = (sequence: number) =>
    chunk(
      'fcTL',
      Buffer.concat([uint32s([sequence, first.width, first.height, 0, 0]), Buffer.from([0, 1, 0, 1, 0, 0])]),
    )
  return png(first, {
    chunks: [chunk('acTL', uint32s([2, 0])), frame(0)],
    behind: [frame(1), chunk('fdAT', Buffer.concat([uint32s([2]), pixels(second, 'rgb', 8)]))],
  })
}
