import { expect, it } from 'vitest'
import { smoothstep } from '../../../client/image/smoothstep.ts'

it('is 0 below, 1 above and 3t^2 - 2t^3 between', () => {
  expect([0, 2, 3, 4, 5, 6, 9].map((value) => smoothstep(2, 6, value))).toEqual([
    0, 0, 0.15625, 0.5, 0.84375, 1, 1,
  ])
})

it('falls where its ends are given the other way around', () => {
  expect([1, 3, 7].map((value) => smoothstep(6, 2, value))).toEqual([1, 0.84375, 0])
})
