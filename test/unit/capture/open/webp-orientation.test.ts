import { expect, it } from 'vitest'
import { takeWebpOrientation } from '../../../../client/capture/open/webp-orientation.ts'

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0))

interface Made {
  littleEndian?: boolean
  /** As a JPEG has it before the TIFF header. */
  prefixed?: boolean
  /** Bytes of a chunk before. */
  before?: number
}

/** A WebP of no picture, with an EXIF chunk of two entries; `at` is where the orientation lies. */
function webpOf(orientation: number, { littleEndian = true, prefixed = false, before = 0 }: Made = {}) {
  const u16 = (value: number) => (littleEndian ? [value & 255, value >> 8] : [value >> 8, value & 255])
  const u32 = (value: number) => (littleEndian ? [...u16(value), 0, 0] : [0, 0, ...u16(value)])
  const entry = (tag: number, value: number) => [...u16(tag), ...u16(3), ...u32(1), ...u16(value), 0, 0]
  const tiff = [...ascii(littleEndian ? 'II' : 'MM'), ...u16(42), ...u32(8), ...u16(2)]
  const exif = [...(prefixed ? ascii('Exif\0\0') : []), ...tiff, ...entry(0x0100, 640)]
  // Chunks have even lengths, whatever they say.
  const other = before ? [...ascii('VP8L'), before, 0, 0, 0, ...new Array(before + (before % 2)).fill(7)] : []
  const head = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP'), ...other, ...ascii('EXIF'), 0, 0, 0, 0]
  const bytes = [...head, ...exif, ...entry(0x0112, orientation)]
  return { webp: Uint8Array.from(bytes), at: bytes.length - 4 + (littleEndian ? 0 : 1) }
}

it.each([
  ['Intel', {}],
  ['Motorola', { littleEndian: false }],
  ['with the prefix of a JPEG', { prefixed: true }],
  ['behind another chunk', { before: 6 }],
  ['behind one of an odd length', { before: 5 }],
] as const)('takes the orientation: %s', (_, made) => {
  const { webp, at } = webpOf(6, made)
  const before = webp.slice()
  const { orientation, unturned } = takeWebpOrientation(webp)
  expect(orientation).toBe(6)
  expect(unturned).toEqual(before.with(at, 1))
  expect(webp).toEqual(before)
})

it.each([0, 1, 9])('leaves a file alone that says %i', (value) => {
  const { webp } = webpOf(value)
  expect(takeWebpOrientation(webp)).toEqual({ orientation: 1, unturned: webp })
})

it('leaves a file alone that has none, or is cut off', () => {
  const { webp } = webpOf(6)
  for (const length of [12, 20, 30, webp.length - 1]) {
    const cut = webp.slice(0, length)
    expect(takeWebpOrientation(cut)).toEqual({ orientation: 1, unturned: cut })
  }
})
