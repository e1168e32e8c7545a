import { expect, it } from 'vitest'
import { flip, fromPlanar, resizeSquare, toPlanar } from '../../../client/refine/planar.ts'
import { randomArray } from '../../support/random.ts'

it('separates the channels in -1..1, comes back, and clamps', () => {
  const texture = randomArray(12, 1, 0, 1)
  const planar = toPlanar(texture, 2)
  expect(planar[4]).toBeCloseTo(2 * texture[1] - 1, 6)
  fromPlanar(planar, 2).forEach((value, k) => {
    expect(value).toBeCloseTo(texture[k], 6)
  })
  expect([...fromPlanar(Float32Array.of(-3, 0, 3), 1)]).toEqual([0, 0.5, 1])
})

it('flips, and leaves an image of the right size alone', () => {
  const image = Float32Array.of(1, 2, 3, 4)
  expect([...flip(image, 2, 1)]).toEqual([2, 1, 4, 3])
  expect(resizeSquare(image, 2, 2, 1)).toBe(image)
})
