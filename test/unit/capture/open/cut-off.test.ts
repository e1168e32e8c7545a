import { expect, it } from 'vitest'
import { isCutOff } from '../../../../client/capture/open/cut-off.ts'
import type { ImageFormat } from '../../../../client/capture/open/image-header.ts'

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0))
const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]
const pngChunk = (name: string, data: number[]) => [...u32(data.length), ...ascii(name), ...data, ...u32(0)]

/** Files of little more than what says where they end. */
const files = {
  jpeg: [
    ...[0xff, 0xd8],
    // A thumbnail within a segment, with an end of its own.
    ...[0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9],
    // A scan: stuffed FF 00, a restart, fill bytes before the end.
    ...[0xff, 0xda, 0, 4, 1, 2, 9, 9, 0xff, 0x00, 9, 0xff, 0xd0, 9, 0xff, 0xff, 0xd9],
  ],
  png: [
    ...[0x89, ...ascii('PNG'), 13, 10, 26, 10],
    ...pngChunk('IHDR', new Array(13).fill(0)),
    ...pngChunk('IDAT', [1, 2, 3]),
    ...pngChunk('IEND', []),
  ],
  webp: [...ascii('RIFF'), 12, 0, 0, 0, ...ascii('WEBP'), 1, 2, 3, 4, 5, 6, 7, 8],
  gif: [
    // A colour table of two, an extension, a frame with a colour table and two blocks.
    ...[...ascii('GIF89a'), 1, 0, 1, 0, 0x80, 0, 0, ...new Array(6).fill(1)],
    ...[0x21, 0xf9, 2, 9, 9, 0],
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0x80, ...new Array(6).fill(1), 2, 2, 9, 9, 1, 9, 0],
  ],
  bmp: [
    // 2 x 3 pixels of 24 bits: rows of 8 bytes from byte 54 on.
    ...[...ascii('BM'), 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0],
    ...[1, 0, 24, 0, 0, 0, 0, 0, ...new Array(20).fill(0), ...new Array(24).fill(9)],
  ],
} satisfies Partial<Record<ImageFormat, number[]>>

const whole = (format: keyof typeof files) => Uint8Array.from(files[format])
const formats = Object.keys(files) as (keyof typeof files)[]

it.each(formats)('a %s is whole, also with bytes behind its end', (format) => {
  expect(isCutOff(whole(format), format)).toBe(false)
  expect(isCutOff(Uint8Array.of(...whole(format), 1, 2, 3), format)).toBe(false)
})

it.each(formats)('a %s is cut off wherever it ends before', (format) => {
  const bytes = whole(format)
  // The last chunk of a PNG says by its name alone that all is there.
  const end = format === 'png' ? bytes.length - 4 : bytes.length
  for (let length = 16; length < end; length++)
    expect([length, isCutOff(bytes.subarray(0, length), format)]).toEqual([length, true])
})

it('leaves other formats to their decoders', () => {
  expect(isCutOff(new Uint8Array(30), 'avif')).toBe(false)
})
