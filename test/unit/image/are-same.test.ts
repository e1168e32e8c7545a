import { expect, test } from 'vitest'
import { areSame } from '../../../client/image/are-same.ts'

test.each([
  [[1, 2], [1, 2], true],
  [[1, 2], [1, 3], false],
  [[1, 2], [1], false],
  [[1], [1, 2], false],
])('%j and %j: %j', (a, b, same) => {
  expect(areSame(Float32Array.from(a), Float32Array.from(b))).toBe(same)
})
