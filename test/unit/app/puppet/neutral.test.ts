import { expect, test } from 'vitest'
import { NeutralLearning } from '../../../../client/app/puppet/neutral.ts'

const frame = (seconds: number, at: number, yaw = 2) => ({
  ...{ shape: new Float32Array(3 * 478).fill(at), yaw, pitch: 1, roll: 0, seconds },
})

test('a still second is learned, as the median of its frames', () => {
  const learning = new NeutralLearning()
  for (let i = 0; i < 15; i++) expect(learning.add(frame(i / 15, i % 5 === 0 ? 0.01 : 0))).toBeNull()
  expect(learning.share).toBeGreaterThan(0.8)
  const neutral = learning.add(frame(1, 0)) ?? learning.add(frame(1.07, 0))
  expect(neutral).toMatchObject({ yaw: 2, pitch: 1, roll: 0 })
  expect(neutral!.shape.every((value) => value === 0)).toBe(true)
})

test('as long as the face moves or the head turns nothing is learned', () => {
  const learning = new NeutralLearning()
  for (let i = 0; i < 40; i++) learning.add(frame(i / 15, (i % 2) * 0.5))
  for (let i = 40; i < 80; i++) learning.add(frame(i / 15, 0, 6 * i))
  expect(learning.share).toBeLessThan(0.2)
})

test('a slow camera takes as many frames as a median needs', () => {
  const learning = new NeutralLearning()
  for (let i = 0; i < 8; i++) expect(learning.add(frame(i / 4, 0))).toBeNull()
  expect(learning.add(frame(2, 0))).not.toBeNull()
})
