import { expect, it } from 'vitest'
import { limitDetail } from '../../../client/refine/skin-bands.ts'
import { randomArray } from '../../support/random.ts'

it('bends strong foreign detail, leaves ordinary detail and kept places', () => {
  const size = 64
  const all = new Uint8Array(size * size).fill(1)
  const grain = randomArray(size * size * 3, 1, 0.48, 0.52)
  const [spot, kept] = [20 * size + 20, 44 * size + 44]
  const texture = grain.slice()
  for (const at of [spot, kept]) texture.fill(1, 3 * at, 3 * at + 3)
  const keep = new Uint8Array(size * size)
  keep[kept] = 1
  const limited = limitDetail(texture, grain, size, { coverage: all, model: all, keep })
  expect(limited[3 * spot]).toBeLessThan(0.8)
  expect(limited[3 * kept]).toBeCloseTo(1, 4)
  const far = 3 * (10 * size + 50)
  expect(Math.abs(limited[far] - grain[far])).toBeLessThan(0.01)
  const none = new Uint8Array(size * size)
  expect(limitDetail(texture, grain, size, { coverage: all, model: none, keep })).toBe(texture)
})
