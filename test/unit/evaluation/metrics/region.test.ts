import { expect, it } from 'vitest'
import { pasted } from '../../../evaluation/metrics/region.ts'

it('the texture shows in the region and the truth elsewhere', () => {
  const truth = new Float32Array([0, 0, 0, 0.25, 0.25, 0.25])
  const texture = new Float32Array([1, 1, 1, 0.5, 0.75, 1])
  expect([...pasted(truth, texture, [0, 1])]).toEqual([0, 0, 0, 0.5, 0.75, 1])
  expect([...truth]).toEqual([0, 0, 0, 0.25, 0.25, 0.25])
})

it('sizes that do not belong together are refused', () => {
  expect(() => pasted(new Float32Array(6), new Float32Array(3), [1, 1])).toThrow('6 values')
})
