import { describe, expect, it } from 'vitest'
import { dilate, erode } from '../../../client/image/morphology.ts'

const [width, height] = [23, 17]
const mask = Uint8Array.from({ length: width * height }, (_, i) => ((i * 7919) % 131 < 6 ? 255 : 0))

function within(radius: number, i: number, set: boolean) {
  return mask.some(
    (value, k) =>
      (value !== 0) === set &&
      Math.hypot((k % width) - (i % width), Math.floor(k / width) - Math.floor(i / width)) <= radius,
  )
}

describe.each([0, 1, 2.5, 4])('with a disc of radius %d', (radius) => {
  it('dilate takes everything near a set pixel', () => {
    dilate(mask, width, height, radius).forEach(
      (value, i) => void expect(value === 1).toBe(within(radius, i, true)),
    )
  })

  it('erode keeps what is far from every pixel that is not set', () => {
    erode(mask, width, height, radius).forEach(
      (value, i) => void expect(value === 0).toBe(within(radius, i, false)),
    )
  })
})

it('the border does not count as zero', () => {
  expect(erode(new Uint8Array(25).fill(1), 5, 5, 2)).toEqual(new Uint8Array(25).fill(1))
  expect(dilate(new Uint8Array(25), 5, 5, 9)).toEqual(new Uint8Array(25))
})

it('refuses a mask of the wrong size', () => {
  expect(() => dilate(new Uint8Array(4), 3, 3, 1)).toThrow('3 x 3')
})
