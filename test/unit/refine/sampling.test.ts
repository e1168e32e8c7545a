import { expect, it } from 'vitest'
import { random } from '../../../client/image/random.ts'
import { Sampler } from '../../../client/refine/sampling.ts'

it('draws in proportion to the density', () => {
  const density = Float32Array.of(0, 1, 3, 0)
  const { rows, columns } = new Sampler(density, 2).draw(4000, random(1))
  const counts = [0, 0, 0, 0]
  rows.forEach((row, i) => {
    counts[2 * row + columns[i]]++
  })
  expect([counts[0], counts[3]]).toEqual([0, 0])
  expect(counts[2] / 4000).toBeCloseTo(0.75, 1)
})

it('keeps to the grid, and refuses an empty density', () => {
  const sampler = new Sampler(new Float32Array(64).fill(1), 8, { stride: 4, row: 1, column: 2 })
  expect(sampler.choices).toBe(4)
  const { rows, columns } = sampler.draw(50, random(2))
  expect(new Set(rows)).toEqual(new Set([1, 5]))
  expect(new Set(columns)).toEqual(new Set([2, 6]))
  expect(() => new Sampler(new Float32Array(4), 2).draw(1, random(0))).toThrow('nothing to draw')
})
