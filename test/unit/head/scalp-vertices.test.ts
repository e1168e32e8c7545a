import { expect, test } from 'vitest'
import { scalpOf } from '../../../client/head/scalp-vertices.ts'

test('the scalp begins above the eyes', () => {
  const positions = new Float32Array(3 * 300)
  for (const corner of [33, 263]) positions[3 * corner + 1] = 4
  positions.set([0, 5.9, 0, 0, 6.1, 0], 3)
  const isScalp = scalpOf({ positions })
  expect([1, 2].map(isScalp)).toEqual([false, true])
})
