import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { sampledPixels, sampledPng } from '../../../client/result/sampled-png.ts'

const size = 512
/** Two columns a box: the left one seen well, the right one badly; nothing in the lower half. */
function unwrap() {
  const weight = new Float32Array(size * size)
  const sampled = new Float32Array(size * size * 3)
  for (let i = 0; i < weight.length / 2; i++) {
    weight[i] = i % 2 ? 0.25 : 0.75
    sampled.set(i % 2 ? [0, 1, 0] : [1, 0.4, 0], 3 * i)
  }
  return { size, sampled, weight }
}

describe('sampledPixels', () => {
  it('averages colours by their weight; alpha is the mean weight', () => {
    const pixels = sampledPixels(unwrap())
    expect([...pixels.subarray(0, 4)]).toEqual([191, 140, 0, 128])
    expect([...pixels.subarray(-4)]).toEqual([0, 0, 0, 0])
  })

  it('refuses a size that 256 does not divide', () => {
    expect(() => sampledPixels({ ...unwrap(), size: 300 })).toThrow('300 x 300')
  })
})

it('sampledPng is a 256 px RGBA image of these pixels', async () => {
  const { data, info } = await sharp(await sampledPng(unwrap()))
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 256, height: 256, channels: 4 })
  expect(Uint8Array.from(data)).toEqual(Uint8Array.from(sampledPixels(unwrap())))
})
