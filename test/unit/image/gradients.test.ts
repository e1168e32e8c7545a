import { expect, it } from 'vitest'
import { composeGradients } from '../../../client/image/gradients.ts'

/** 2 x 2 texels, all channels alike. */
const texture = (...values: number[]) => Float32Array.from(values.flatMap((value) => [value, value, value]))
const all = () => true
const first = (image: Float32Array) => [0, 1, 2, 3].map((i) => image[3 * i])

it('takes differences to the right and lower neighbour, none across the border', () => {
  const { gx, gy } = composeGradients(2, [{ texture: texture(1, 3, 10, 6), knows: all }])
  expect(first(gx)).toEqual([2, 0, -4, 0])
  expect(first(gy)).toEqual([9, 3, 0, 0])
})

it('takes each from the first source that knows both ends, and is 0 where none does', () => {
  const upper = { texture: texture(1, 2, 99, 99), knows: (i: number) => i < 2 }
  const left = { texture: texture(0, 50, 7, 50), knows: (i: number) => i % 2 === 0 }
  const { gx, gy } = composeGradients(2, [upper, left])
  expect(first(gx)).toEqual([1, 0, 0, 0])
  expect(first(gy)).toEqual([7, 0, 0, 0])
})

it('passes over a step that is too steep in any channel', () => {
  const stepped = texture(0, 0.1, 0, 0)
  stepped[5] = 0.5
  const sources = (steepest: number) => [
    { texture: stepped, knows: all, steepest },
    { texture: texture(0, 9, 0, 0), knows: all },
  ]
  expect(composeGradients(2, sources(0.4)).gx[0]).toBe(9)
  expect(composeGradients(2, sources(0.6)).gx[0]).toBeCloseTo(0.1, 6)
})

it('leaves out links between texels that are not wanted', () => {
  const source = { texture: texture(1, 3, 10, 6), knows: all }
  const { gx, gy } = composeGradients(2, [source], Uint8Array.of(1, 0, 0, 0))
  expect(first(gx)).toEqual([2, 0, 0, 0])
  expect(first(gy)).toEqual([9, 0, 0, 0])
})
