import { expect, test } from 'vitest'
import { borderLoops } from '../../../client/head/border-loops.ts'

/** A square ring: corners 0..3 outside, 4..7 inside. */
const ring = [0, 1, 2, 3].flatMap((i) => {
  const next = (i + 1) % 4
  return [i, next, 4 + i, next, 4 + next, 4 + i]
})

test('runs along both borders of a ring with the mesh to the left', () => {
  expect(borderLoops(ring)).toEqual([
    [0, 1, 2, 3],
    [4, 7, 6, 5],
  ])
})

test('a closed mesh has none', () => {
  expect(borderLoops([0, 1, 2, 0, 3, 1, 1, 3, 2, 2, 3, 0])).toEqual([])
})

test('refuses what is no surface', () => {
  expect(() => borderLoops([0, 1, 2, 0, 1, 3])).toThrow('several triangles')
  // Two triangles that share nothing but a corner.
  expect(() => borderLoops([0, 1, 2, 0, 3, 4])).toThrow('more than once')
})
