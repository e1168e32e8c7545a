import { describe, expect, it } from 'vitest'
import { estimate, meansOf } from '../../../evaluation/report/means.ts'
import { row } from './synthetic.ts'

describe('meansOf', () => {
  it('counts each subject once, however many photos it has', () => {
    const [mean] = meansOf([
      row({ subject: 'a', photo: 'a1', psnr: 10 }),
      row({ subject: 'a', photo: 'a2', psnr: 20 }),
      row({ subject: 'b', photo: 'b1', psnr: 35 }),
    ])
    expect(mean).toMatchObject({ subjects: 2, cases: 3, psnr: 25 })
    expect(mean.interval.psnr).toEqual([15, 35])
  })

  it('takes the cases that every method was run on; all, where there is none', () => {
    const cheap = [10, 40].map((psnr, i) =>
      row({ method: 'initial', photo: `p${i}`, subject: `p${i}`, psnr }),
    )
    const costly = row({ method: 'draft', photo: 'p1', subject: 'p1', psnr: 39 })
    expect(meansOf([...cheap, costly]).map(({ psnr, cases }) => [psnr, cases])).toEqual([
      [40, 1],
      [39, 1],
    ])
    const elsewhere = row({ method: 'draft', photo: 'p2', subject: 'p2', psnr: 39 })
    expect(meansOf([...cheap, elsewhere]).map(({ psnr }) => psnr)).toEqual([25, 39])
  })

  it('keeps protocols, meshes, starts, methods and regions apart', () => {
    const rows = [
      row({}),
      row({ protocol: 'scan' }),
      row({ mesh: 'own' }),
      row({ start: 'external' }),
      row({ method: 'draft' }),
      row({ region: 'whole' }),
    ]
    expect(meansOf(rows)).toHaveLength(6)
  })

  it('leaves out what a metric could not give, and says null where it gave nothing', () => {
    const [mean] = meansOf([
      row({ photo: 'a', lpips: 0.2, seam: null }),
      row({ photo: 'b', lpips: null, seam: null }),
    ])
    expect(mean.lpips).toBe(0.2)
    expect(mean.seam).toBeNull()
    expect(mean.interval).not.toHaveProperty('seam')
  })

  it('gives no interval for a single subject', () => {
    const [mean] = meansOf([row({ photo: 'a1', psnr: 10 }), row({ photo: 'a2', psnr: 20 })])
    expect(mean).toMatchObject({ subjects: 1, psnr: 15, interval: {} })
  })

  it('rounds to 4 decimals', () => {
    const thirds = ['a', 'b', 'c'].map((subject, i) => row({ subject, lpips: i === 0 ? 1 : 0 }))
    expect(meansOf(thirds)[0].lpips).toBe(0.3333)
  })
})

describe('estimate', () => {
  it('holds the mean between the ends of an interval that narrows with more subjects', () => {
    const people = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ subject: String(i), value: i % 4 }))
    const few = estimate(people(8), ({ value }) => value)!
    const many = estimate(people(80), ({ value }) => value)!
    expect(few).toMatchObject({ mean: 1.5, subjects: 8 })
    expect(few.low).toBeLessThan(1.5)
    expect(few.high).toBeGreaterThan(1.5)
    expect(many.high! - many.low!).toBeLessThan(0.5 * (few.high! - few.low!))
  })
})
