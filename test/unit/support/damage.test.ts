import { expect, it } from 'vitest'
import { damaged, damagedValue, dice, withRightSums } from '../../support/damage.ts'
import { validParts } from '../../support/parts.ts'

it('does the same again for the same seed, and something else for the next', () => {
  const bytes = Uint8Array.from({ length: 200 }, (_, i) => i)
  const seeds = Array.from({ length: 500 }, (_, i) => i)
  const hurt = seeds.map((seed) => damaged(bytes, dice(seed)).join())
  expect(seeds.map((seed) => damaged(bytes, dice(seed)).join())).toEqual(hurt)
  expect(new Set(hurt).size).toBeGreaterThan(450)
  const value = { a: [1, 2, { b: 'c' }], d: null }
  const values = seeds.map((seed) => JSON.stringify(damagedValue(value, dice(seed))))
  expect(seeds.map((seed) => JSON.stringify(damagedValue(value, dice(seed))))).toEqual(values)
  expect(new Set(values).size).toBeGreaterThan(100)
  expect(value).toEqual({ a: [1, 2, { b: 'c' }], d: null })
  expect(Object.keys(Object.prototype)).toEqual([])
})

it('rights the check sums of what is left of a PNG', async () => {
  const { 'texture.png': png } = await validParts()
  const hurt = png.slice()
  hurt[40] ^= 1
  expect(withRightSums(hurt.slice())).not.toEqual(hurt)
  expect(withRightSums(png.slice())).toEqual(png)
})
