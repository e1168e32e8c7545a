import { expect, test } from 'vitest'
import { rotationOf, turnOf } from '../../../../client/app/puppet/head-angles.ts'
import { Recording } from '../../../../client/app/puppet/recording.ts'
import { expressionNames } from '../../../../client/head/expressions/names.ts'

test('becomes an animation that begins at nought', () => {
  const recording = new Recording()
  recording.add({ weights: { jawOpen: 0.5 }, turn: turnOf({ yaw: 30, pitch: 0, roll: 0 }) }, 4)
  recording.add({ weights: {} }, 4.5)
  recording.add({ weights: { jawOpen: 1 } }, 4.5)
  expect(recording.seconds).toBe(0.5)
  const { name, times, weights, turns } = recording.animation('Puppet')
  expect(name).toBe('Puppet')
  expect([...times]).toEqual([0, 0.5])
  const jaw = expressionNames.indexOf('jawOpen')
  expect(weights.length).toBe(2 * expressionNames.length)
  expect([weights[jaw], weights[expressionNames.length + jaw]]).toEqual([0.5, 0])
  expect([...turns!.head.slice(4)]).toEqual([0, 0, 0, 1])
})

test('turns are the quaternions of the bones', () => {
  const recording = new Recording()
  const head = rotationOf({ yaw: 20, pitch: 10, roll: -15 })
  recording.add({ weights: {}, turn: { neck: rotationOf({ yaw: 0, pitch: 0, roll: 0 }), head } }, 0)
  const [x, y, z, w] = recording.animation('').turns!.head
  expect(Math.hypot(x, y, z, w)).toBeCloseTo(1, 6)
  const back = [
    ...[1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    ...[2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    ...[2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ]
  for (let i = 0; i < 9; i++) expect(back[i]).toBeCloseTo(head[i], 5)
})
