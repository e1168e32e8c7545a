/** PNG files with exactly the chunks asked for. */
import { crc32, deflateSync } from 'node:zlib'
import type { Picture } from './picture.ts'

const colourTypes = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 }

export interface PngOptions {
  depth?: 8 | 16
  type?: keyof typeof colourTypes
  /** Between IHDR and IDAT. */
  chunks?: readonly Uint8Array[]
}

/** `grey` takes the red channel, `palette` has eight colours only. */
export function png(of: Picture, { depth = 8, type, chunks = [] }: PngOptions = {}): Buffer {
  const kind = type ?? (of.channels === 4 ? 'rgba' : 'rgb')
  const header = Buffer.alloc(13)
  header.writeUInt32BE(of.width, 0)
  header.writeUInt32BE(of.height, 4)
  header[8] = depth
  header[9] = colourTypes[kind]
  const channels = { grey: [0], rgb: [0, 1, 2], palette: [0], greyAlpha: [0, 3], rgba: [0, 1, 2, 3] }[kind]
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
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', header),
    ...chunks,
    chunk('IDAT', deflateSync(Buffer.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
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

export const gAMA = (gamma: number) => chunk('gAMA', uint32s([Math.round(gamma * 100_000)]))
/** @param chromaticities x, y of red, green, blue and white */
export const cHRM = (chromaticities: readonly (readonly [number, number])[]) => {
  const [red, green, blue, white] = chromaticities
  return chunk('cHRM', uint32s([white, red, green, blue].flat().map((value) => Math.round(value * 100_000))))
}
export const sRGB = () => chunk('sRGB', Buffer.from([0]))
/** @param codes primaries and transfer function of ITU-T H.273 */
export const cICP = (primaries: number, transfer: number, fullRange = 1) =>
  chunk('cICP', Buffer.from([primaries, transfer, 0, fullRange]))
export const iCCP = (profile: Uint8Array) =>
  chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0'), deflateSync(profile)]))
export const eXIf = (tiff: Uint8Array) => chunk('eXIf', tiff)
