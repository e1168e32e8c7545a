import { describe, expect, it } from 'vitest'
import { checkJpeg } from '../../../worker/validation/jpeg.ts'
import { validParts } from '../../support/parts.ts'

const bytes = (...parts: ArrayLike<number>[]) => Uint8Array.from(parts.flatMap((part) => Array.from(part)))
const segment = (marker: number, body: ArrayLike<number>) =>
  bytes([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255], body)
const plain = (await validParts())['preview.jpg']
const jfif = [...new TextEncoder().encode('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]
/** SOI and a JFIF header, and what comes behind. */
const start = bytes([0xff, 0xd8], segment(0xe0, jfif))
const rest = plain.slice(2)
const good = bytes(start, rest)
const frameAt = good.findIndex((byte, i) => byte === 0xff && good[i + 1] === 0xc0)
const changed = (at: number, value: number) => good.map((byte, i) => (i === at ? value : byte))
const scanAt = good.findIndex((byte, i) => byte === 0xff && good[i + 1] === 0xda)

const text = (length: number) =>
  new TextEncoder()
    .encode('Jane Doe, GPS 52.52 N 13.40 E <script>alert(1)</script> '.repeat(9))
    .slice(0, length)
/** With a table before all others. */
const withTable = (marker: number, body: ArrayLike<number>) => bytes(start, segment(marker, body), rest)
const tableAt = good.findIndex((byte, i) => byte === 0xff && good[i + 1] === 0xdb)
/** With other divisors in the first table that is used. */
const changedTable = (divisors: Uint8Array) =>
  bytes(good.slice(0, tableAt + 5), divisors, good.slice(tableAt + 69))

describe('checkJpeg', () => {
  it('takes a plain picture, with and without its JFIF header', () => {
    for (const picture of [good, plain])
      expect(checkJpeg('preview.jpg', picture)).toEqual({ width: 240, height: 240 })
  })

  it.each<[string, Uint8Array, string]>([
    ['another format', good.slice(1), 'jpeg-signature'],
    ['EXIF', bytes(start, segment(0xe1, [...new TextEncoder().encode('Exif\0\0')]), rest), 'jpeg-segment'],
    ['a comment', bytes(start, segment(0xfe, [65]), rest), 'jpeg-segment'],
    ['a colour profile', bytes(start, segment(0xe2, [1, 2]), rest), 'jpeg-segment'],
    [
      'a thumbnail in its header',
      bytes([0xff, 0xd8], segment(0xe0, [...jfif.slice(0, 12), 1, 1, 0, 0, 0]), rest),
      'jpeg-segment',
    ],
    ['a cut end', good.slice(0, -3), 'jpeg-truncated'],
    ['a cut segment', good.slice(0, 30), 'jpeg-truncated'],
    ['bytes after the end', bytes(good, [0]), 'jpeg-trailing'],
    ['a second picture behind it', bytes(good, good), 'jpeg-trailing'],
    [
      'two frames',
      bytes(good.slice(0, scanAt), good.slice(frameAt, frameAt + 19), good.slice(scanAt)),
      'jpeg-frames',
    ],
    ['no frame', bytes(good.slice(0, frameAt), good.slice(scanAt)), 'jpeg-order'],
    ['no scan', bytes(good.slice(0, scanAt), [0xff, 0xd9]), 'jpeg-scan'],
    ['an enormous width', changed(frameAt + 7, 0xff), 'jpeg-size'],
    ['a width of nothing', changed(frameAt + 8, 0), 'jpeg-size'],
    ['12 bits', changed(frameAt + 4, 12), 'jpeg-frame'],
    ['four components', changed(frameAt + 9, 4), 'jpeg-frame'],
    ['text as a quantisation table', withTable(0xdb, [3, ...text(64)]), 'jpeg-tables'],
    ['text as the quantisation table that is used', changedTable(text(64)), 'jpeg-tables'],
    ['a quantisation table that no scan uses', withTable(0xdb, [3, ...Array(64).fill(9)]), 'jpeg-tables'],
    ['a quantisation table twice', withTable(0xdb, [0, ...Array(64).fill(9)]), 'jpeg-tables'],
    ['a quantisation table of nothing', withTable(0xdb, []), 'jpeg-tables'],
    ['text as a Huffman table', withTable(0xc4, text(100)), 'jpeg-tables'],
    ['a Huffman table that no scan uses', withTable(0xc4, [0x13, 1, ...Array(15).fill(0), 1]), 'jpeg-tables'],
    ['a Huffman table of nothing', withTable(0xc4, []), 'jpeg-tables'],
    [
      'a Huffman table with a thing twice',
      withTable(0xc4, [3, 2, ...Array(15).fill(0), 1, 1]),
      'jpeg-tables',
    ],
    [
      'a Huffman table with more codes than bits',
      withTable(0xc4, [3, 3, ...Array(15).fill(0), 1, 2, 3]),
      'jpeg-tables',
    ],
    ['text as a restart interval', withTable(0xdd, text(30)), 'jpeg-tables'],
    ['a second JFIF header', bytes(start, segment(0xe0, jfif), rest), 'jpeg-segment'],
    [
      'a million tables',
      bytes(start, ...Array(1000).fill(segment(0xdb, [0, ...Array(64).fill(9)])), rest),
      'jpeg-tables',
    ],
    ['a scan of a component that is not there', changed(scanAt + 5, 77), 'jpeg-scan'],
    ['a scan of half the coefficients', changed(scanAt + good[scanAt + 3], 31), 'jpeg-scan'],
    ['bytes between segments', bytes(start, [1, 2], rest), 'jpeg-marker'],
  ])('refuses %s', (_, file, code) => {
    expect(() => checkJpeg('preview.jpg', file)).toThrow(
      expect.objectContaining({ name: 'ValidationError', code }),
    )
  })
})
