import { expect, it } from 'vitest'
import { Clock } from '../../../client/refine/clock.ts'
import { presets } from '../../../client/refine/schedule.ts'

it('takes scales not seen yet to cost by their texels and a fixed share', () => {
  const scales = [
    { divisor: 2, steps: 2 },
    { divisor: 1, steps: 2 },
  ]
  let now = 1
  const clock = new Clock({ ...presets.draft, scales }, 768, () => now)
  clock.setUp(0, 1)
  now = 2
  // One more second here; then (384^2 + 768^2) / (384^2 + 384^2) = 2.5 times the set-up and twice 2.5 times the step.
  expect(clock.after(0, 0, 0)).toEqual({ fraction: 2 / 10.5, secondsElapsed: 2, secondsLeft: 8.5 })
  now = 7
  clock.setUp(1, 4)
  now = 15
  expect(clock.after(0, 1, 1)).toEqual({ fraction: 1, secondsElapsed: 15, secondsLeft: 0 })
})

it('never goes back, also where a scale turns out slower than it was taken to be', () => {
  const scales = [
    { divisor: 2, steps: 2 },
    { divisor: 1, steps: 2 },
  ]
  let now = 1
  const clock = new Clock({ ...presets.draft, scales }, 768, () => now)
  clock.setUp(0, 1)
  now = 3
  const before = clock.after(0, 0, 1)
  now = 10
  clock.setUp(1, 7)
  now = 100
  const after = clock.after(0, 1, 0)
  // 90 are left as this scale goes.
  expect(after.secondsLeft).toBe(before.secondsLeft)
  expect(after.fraction).toBeGreaterThanOrEqual(before.fraction)
  now = 190
  expect(clock.after(0, 1, 1)).toMatchObject({ fraction: 1, secondsLeft: 0 })
})
