import { expect, test } from 'vitest'
import { rotationOf, turnOf } from '../../../../client/app/puppet/head-angles.ts'
import { anglesOf } from '../../../../client/capture/locate/pose.ts'

test('a rotation has the angles that it was made of', () => {
  const angles = { yaw: 20, pitch: -12, roll: 8 }
  const found = anglesOf(rotationOf(angles))
  for (const name of ['yaw', 'pitch', 'roll'] as const) expect(found[name]).toBeCloseTo(angles[name], 9)
})

test('neck and head share a turn', () => {
  const { neck, head } = turnOf({ yaw: 30, pitch: 0, roll: 0 })
  expect(anglesOf(neck).yaw).toBeCloseTo(12, 9)
  expect(anglesOf(head).yaw).toBeCloseTo(18, 9)
})

test('no farther than a neck bears', () => {
  const { neck, head } = turnOf({ yaw: -90, pitch: 60, roll: 50 })
  const sum = (name: 'yaw' | 'pitch' | 'roll') => anglesOf(neck)[name] + anglesOf(head)[name]
  expect([sum('yaw'), sum('pitch'), sum('roll')].map(Math.round)).toEqual([-40, 25, 20])
})
