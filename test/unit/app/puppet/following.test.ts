import { expect, test } from 'vitest'
import { type Acted, atRest, follow } from '../../../../client/app/puppet/following.ts'

const smiling: Acted = { weights: { mouthSmileLeft: 1 }, angles: { yaw: 20, pitch: -5, roll: 2 } }

test('most of the way is gone within a tenth of a second, and then it is there', () => {
  let drawn = atRest
  for (let i = 0; i < 6; i++) drawn = follow(drawn, smiling, 1 / 60)
  expect(drawn.weights.mouthSmileLeft).toBeGreaterThan(0.95)
  expect(drawn.angles.yaw).toBeGreaterThan(19)
  for (let i = 0; i < 30; i++) drawn = follow(drawn, smiling, 1 / 60)
  expect(drawn).toBe(smiling)
})

test('two small steps go as far as one large one', () => {
  const small = follow(follow(atRest, smiling, 0.01), smiling, 0.01)
  expect(small.angles.yaw).toBeCloseTo(follow(atRest, smiling, 0.02).angles.yaw, 9)
})

test('what is not there any more goes back to nothing', () => {
  const after = follow(smiling, atRest, 1)
  expect(after).toBe(atRest)
})
