import { expect, it } from 'vitest'
import { fromLog, mirrorTexture, toLog } from '../../../client/image/log-texture.ts'

it('goes to the log domain and back', () => {
  const texture = Float32Array.of(0, 0.01, 0.5, 1)
  toLog(texture).forEach((value, i) => {
    expect(fromLog(value)).toBeCloseTo(texture[i], 5)
  })
})

it('swaps left and right, texel by texel', () => {
  const texture = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
  expect([...mirrorTexture(texture, 2, 2)]).toEqual([3, 4, 1, 2, 7, 8, 5, 6])
})
