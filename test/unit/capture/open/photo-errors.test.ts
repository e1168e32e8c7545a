import { expect, it } from 'vitest'
import type { CaptureError } from '../../../../client/capture/capture-error.ts'
import {
  damagedFile,
  emptyFile,
  refuseTooLarge,
  unreadFormat,
} from '../../../../client/capture/open/photo-errors.ts'

it('says what is wrong with a file and what to do', () => {
  for (const [error, code, said] of [
    [emptyFile('a.png'), 'empty', 'a.png is empty (0 bytes): copy or download'],
    [damagedFile('a.png'), 'damaged', 'a.png is damaged or cut off: copy or download'],
    [damagedFile('a.png', 'bad CRC'), 'damaged', 'a.png is damaged or cut off (bad CRC): copy'],
    [
      unreadFormat('a.jpg', 'heic', 'this browser'),
      'heic',
      "a.jpg is a HEIC photo, which this browser can't read: save it as JPEG",
    ],
    [
      unreadFormat('a.psd', 'psd', 'this program'),
      'unread-format',
      "a.psd is a Photoshop file, which this program can't read: save it as JPEG or PNG",
    ],
  ] as const) {
    expect(error.code).toBe(code)
    expect(error.message).toContain(said)
    expect(error.details.file).toBe(said.split(' ')[0])
  }
})

function refusal(width: number, height: number): CaptureError | null {
  try {
    refuseTooLarge('a.png', width, height)
    return null
  } catch (error) {
    return error as CaptureError
  }
}

it('takes 64 megapixels', () => {
  expect(refusal(8000, 8000)).toBeNull()
})

it.each([
  [8001, 8025, '64.2'],
  [8000, 8001, '64.01'],
  [64_000_001, 1, '64.000001'],
  [12_000, 9000, '108'],
])('tells the megapixels of %i x %i so that they exceed 64', (width, height, megapixels) => {
  const error = refusal(width, height)
  expect(error?.details).toEqual({ file: 'a.png', width, height, megapixels, most: 64 })
  expect(error?.message).toContain(
    `${width} x ${height} pixels, ${megapixels} megapixels, more than the 64 that`,
  )
})
