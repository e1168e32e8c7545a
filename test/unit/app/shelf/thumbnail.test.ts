import { expect, test } from 'vitest'
import { lightest } from '../../../../client/app/shelf/thumbnail.ts'

/** As an encoder whose picture takes so many bytes at full quality. */
const encoder = (bytes: number) => (quality: number) =>
  `data:image/jpeg;base64,${'A'.repeat(Math.ceil((bytes * quality * 4) / 3))}`
const bytes = (address: string) => (address.split(',')[1].length * 3) / 4

test('a picture has the best quality that takes at most 20 kB', () => {
  expect(bytes(lightest(encoder(10_000)))).toBeCloseTo(8500, -1)
  expect(bytes(lightest(encoder(25_000)))).toBeCloseTo(17_500, -1)
  expect(bytes(lightest(encoder(50_000)))).toBeCloseTo(15_000, -1)
})
