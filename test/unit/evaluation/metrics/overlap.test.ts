import { expect, test } from 'vitest'
import { overlap } from '../../../evaluation/metrics/overlap.ts'

const all = Uint8Array.of(1, 1, 1, 1)

test('overlap is the share of what is in either mask that is in both', () => {
  expect(overlap(Uint8Array.of(1, 1, 0, 0), Uint8Array.of(0, 1, 1, 0), all)).toBeCloseTo(1 / 3)
  expect(overlap(Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 1, 0, 0), all)).toBe(1)
})

test('overlap counts nothing outside of the third mask', () => {
  const within = Uint8Array.of(1, 1, 0, 0)
  expect(overlap(Uint8Array.of(1, 1, 1, 1), Uint8Array.of(1, 0, 0, 0), within)).toBe(0.5)
  expect(overlap(Uint8Array.of(0, 0, 1, 1), Uint8Array.of(0, 0, 1, 1), within)).toBeNull()
})
