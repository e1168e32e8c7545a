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
    ['bytes between segments', bytes(start, [1, 2], rest), 'jpeg-marker'],
  ])('refuses %s', (_, file, code) => {
    expect(() => checkJpeg('preview.jpg', file)).toThrow(
      expect.objectContaining({ name: 'ValidationError', code }),
    )
  })
})
