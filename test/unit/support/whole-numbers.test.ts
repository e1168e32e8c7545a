import { expect, test } from 'vitest'

test('an integer array is not mapped to fractions, anywhere in the tests', () => {
  expect(() => Int32Array.of(1, 2).map((value) => value / 2)).toThrow('Int32Array was mapped to 0.5')
  expect(() => Uint8Array.of(3).map(Math.sqrt)).toThrow('would cut off')
  expect([...Int32Array.of(1, 2).map((value) => 2 * value)]).toEqual([2, 4])
  expect([...Float32Array.of(1).map((value) => value / 2)]).toEqual([0.5])
})
