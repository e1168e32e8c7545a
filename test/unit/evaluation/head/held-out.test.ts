import { expect, test } from 'vitest'
import { restTexels } from '../../../../client/head/texture-sides.ts'
import { mirrorTexture } from '../../../../client/image/log-texture.ts'
import { hiddenHalf } from '../../../evaluation/head/held-out.ts'

const size = 256

test('hides about half, and with each texel its mirror image', () => {
  const shares = [1, 2, 3, 4, 5, 6].map((seed) => {
    const hidden = hiddenHalf(size, seed)
    expect(mirrorTexture(hidden, size, 1)).toEqual(hidden)
    return hidden.reduce((sum, value) => sum + value, 0) / hidden.length
  })
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
  expect(mean).toBeGreaterThan(0.35)
  expect(mean).toBeLessThan(0.65)
})

test('hides whole squares, others with each seed', () => {
  const hidden = hiddenHalf(size, 1)
  const side = Math.round(restTexels(4, size))
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) expect(hidden[y * size + x]).toBe(hidden[0])
  expect(hiddenHalf(size, 1)).toEqual(hidden)
  expect(hiddenHalf(size, 2)).not.toEqual(hidden)
})
