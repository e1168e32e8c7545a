import { expect, test } from 'vitest'
import { expressed } from '../../../../client/head/expressions/expressed.ts'
import { simpleMovement } from '../../../support/movement.ts'

const still = [1, 0, 0, 0, 1, 0, 0, 0, 1]
/** A quarter turn to the viewer's right about the vertical: z becomes x. */
const quarter = [0, 0, 1, 0, 1, 0, -1, 0, 0]

test('expressions add up, each by its weight', () => {
  const positions = new Float32Array(3 * 8)
  // The first and the sixth expression move the same vertices, 0 and 5; the second 1 and 6.
  const moved = expressed(positions, simpleMovement(8), {
    browDownLeft: 0.5,
    cheekPuff: 0.25,
    browDownRight: 1,
  })
  const z = [0.75, 1, 0, 0, 0, 0.75, 1, 0]
  expect([...moved]).toEqual(z.flatMap((value) => [0, 0, value]))
  expect(positions.every((value) => value === 0)).toBe(true)
})

test('bones turn what expressions have moved, about their pivots, as far as each vertex goes with them', () => {
  const positions = Float32Array.from([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1])
  const pivots = { neck: [0, -1, 0], head: [0, 0, 1] } as const
  const movement = simpleMovement(4) // vertices 0 and 1 are the head's, 2 is the neck's by a quarter, 3 stays
  const moved = expressed(positions, movement, { browDownLeft: 1 }, { neck: still, head: quarter, pivots })
  expect([...moved]).toEqual([1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1])
  const byNeck = expressed(positions, movement, {}, { neck: quarter, head: still, pivots })
  expect([...byNeck]).toEqual([1, 0, 0, 1, 0, 0, 0.25, 0, 0.75, 0, 0, 1])
  // The head hangs on the neck: two quarter turns about one pivot look backwards.
  const both = { neck: quarter, head: quarter, pivots: { neck: [0, 0, 0], head: [0, 0, 0] } as const }
  expect([...expressed(positions, movement, {}, both)].slice(0, 3)).toEqual([0, 0, -1])
})
