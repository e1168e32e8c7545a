import { expect, it } from 'vitest'
import { stretched } from '../../../client/refine/stretched.ts'

it('clips, stretches over all channels, cuts to 8 bits and blackens what is not face', () => {
  // Two texels, planar: red, green, blue.
  const planar = Float32Array.of(-0.5, 0, 3, 0.13, 0.25, -0.4)
  const on = stretched(planar, Uint8Array.of(1, 1))
  const level = (value: number) => Math.fround(Math.floor((255 * (value + 0.5)) / 1.5) / 255)
  expect([...on]).toEqual([0, 1, level(0.25), level(0), level(0.13), level(-0.4)].map(Math.fround))
  expect([...stretched(planar, Uint8Array.of(1, 0))].slice(3)).toEqual([0, 0, 0])
})

it('gives black for an image of one colour', () => {
  expect([...stretched(new Float32Array(3).fill(0.7), Uint8Array.of(1))]).toEqual([0, 0, 0])
})
