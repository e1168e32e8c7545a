import { describe, expect, it } from 'vitest'
import { groupsOf, variantOf, withoutVariants } from '../../../evaluation/report/group.ts'
import { baselineIn, compare, pairsOf, worstPairs } from '../../../evaluation/report/pairs.ts'
import { row } from './synthetic.ts'

const baseline = [
  row({ method: 'poisson-mirror', photo: 'a', subject: 'a', psnr: 20, lpips: 0.1 }),
  row({ method: 'poisson-mirror', photo: 'b', subject: 'b', psnr: 30, lpips: 0.2 }),
  row({ method: 'poisson-mirror', photo: 'c', subject: 'c', psnr: 25, lpips: null }),
]
const draft = [
  row({ method: 'draft', photo: 'b', subject: 'b', psnr: 29, lpips: 0.15 }),
  row({ method: 'draft', photo: 'a', subject: 'a', psnr: 24, lpips: 0.14 }),
]
const rows = [...baseline, ...draft]

describe('compare', () => {
  it('pairs cases whatever their order, and leaves out those that one method lacks', () => {
    const psnr = compare(pairsOf(rows, 'draft', 'poisson-mirror', 'invisible', 'psnr'), 'psnr')
    expect(psnr).toMatchObject({ cases: 2, won: 1, difference: { mean: 1.5, low: -1, high: 4 } })
    expect(psnr.worst!.row.photo).toBe('b')
  })

  it('takes less LPIPS as better', () => {
    const lpips = compare(pairsOf(rows, 'draft', 'poisson-mirror', 'invisible', 'lpips'), 'lpips')
    expect(lpips).toMatchObject({ cases: 2, won: 1 })
    expect(lpips.difference!.mean).toBeCloseTo(-0.005)
    expect(lpips.worst!.row.photo).toBe('a')
  })
})

describe('baselineIn', () => {
  it('is the method asked for, else the first', () => {
    expect(baselineIn(rows, 'poisson-mirror')).toBe('poisson-mirror')
    expect(baselineIn(draft, 'poisson-mirror')).toBe('draft')
  })
})

describe('worstPairs', () => {
  it('lists a finished texture once, though it is compared within every start', () => {
    const finished = row({ method: 'OSTeC', start: 'none', photo: 'a', psnr: 15 })
    const generated = baseline.map((one) => ({ ...one, start: 'generator-like' }))
    const groups = groupsOf([...rows, ...generated, finished])
    expect(groups.map(({ start }) => start)).toEqual(['ours', 'generator-like'])
    const worst = worstPairs(groups, 'poisson-mirror', 'psnr', () => 'invisible', 2)
    expect(worst.map((pair) => [pair.row.method, pair.difference])).toEqual([
      ['OSTeC', -5],
      ['draft', -1],
      ['draft', 4],
    ])
  })
})

describe('variantOf', () => {
  it('needs the method that it varies', () => {
    expect(variantOf('draft: no moments', ['draft'])).toEqual({ of: 'draft', change: 'no moments' })
    expect(variantOf('draft: no moments', ['standard'])).toBeUndefined()
    expect(variantOf('draft', ['draft'])).toBeUndefined()
  })

  it('takes variants out of the other tables', () => {
    const variant = row({ method: 'draft: no moments' })
    expect(withoutVariants([...draft, variant])).toEqual(draft)
    expect(withoutVariants([variant])).toEqual([variant])
  })
})
