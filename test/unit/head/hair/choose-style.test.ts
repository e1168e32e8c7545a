import { expect, test } from 'vitest'
import { chooseStyle } from '../../../../client/head/hair/choose-style.ts'

test.each([
  [true, [1, 1], null],
  [false, [0.8, 0.9], 'long01'],
  [false, [0.9, 0.45], 'long01'],
  [false, [0.9, 0.1], 'short02'],
  [false, [0.6, 0.6], 'short02'],
  [false, [null, 0.9], 'long01'],
  [false, [null, null], 'short02'],
] as const)('bald %s, beside the face %j: %s', (bald, beside, style) => {
  expect(chooseStyle(bald, beside)).toBe(style)
})
