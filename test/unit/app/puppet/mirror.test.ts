import { expect, test } from 'vitest'
import { mirrored } from '../../../../client/app/puppet/mirror.ts'

test('left and right change places, up and down do not', () => {
  const seen = {
    weights: { jawLeft: 0.3, eyeLookInRight: 0.5, eyeLookOutLeft: 0.5, jawOpen: 0.7 },
    angles: { yaw: 10, pitch: 5, roll: -3 },
  }
  expect(mirrored(seen)).toEqual({
    weights: { jawRight: 0.3, eyeLookInLeft: 0.5, eyeLookOutRight: 0.5, jawOpen: 0.7 },
    angles: { yaw: -10, pitch: 5, roll: 3 },
  })
  expect(mirrored(mirrored(seen))).toEqual(seen)
})
