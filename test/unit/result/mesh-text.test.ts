import { expect, it } from 'vitest'
import { fromBottom, rowsOfText } from '../../../client/result/mesh-text.ts'

it('writes numbers as short as they can be', () => {
  expect(rowsOfText([0.5, 1, 0.123456, -2, -0.0004, 1e-9], 2, 3, ' ')).toEqual(['0.5 1', '0.123 -2', '0 0'])
  expect(rowsOfText([], 3, 3, ' ')).toEqual([])
})

it('never writes an exponent, which not every reader takes', () => {
  expect(rowsOfText([0.00001, 123456.78], 1, 5, '')).toEqual(['0.00001', '123456.78'])
})

it('counts V from the bottom', () => {
  expect(fromBottom(Float32Array.of(0.25, 0.25, 1, 0))).toEqual(Float32Array.of(0.25, 0.75, 1, 1))
})
