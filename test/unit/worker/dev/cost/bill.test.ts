import { describe, expect, it } from 'vitest'
import { bill, type Usage } from '../../../../../worker/dev/cost/bill.ts'

const nothing: Usage = {
  requests: 0,
  cpuMilliseconds: 0,
  classA: 0,
  classB: 0,
  objectCalls: 0,
  objectRowsWritten: 0,
  bytesOut: 0,
  bytesStored: 0,
}
const visit: Usage = { ...nothing, requests: 40, cpuMilliseconds: 50, classB: 20, bytesOut: 20e6 }
const share: Usage = { ...nothing, requests: 10, classA: 15, objectCalls: 2, bytesStored: 2e6 }

describe('bill', () => {
  it('is the plan alone while all is included', () => {
    const { total, lines } = bill({ visit, share }, 1000, 100, 3)
    expect(total).toBe(5)
    expect(lines.find(({ item }) => item === 'requests')!.amount).toBe(41_000)
  })

  it('charges what goes beyond', () => {
    const { lines, total } = bill({ visit, share }, 1e6, 1e5, 3)
    const dollars = Object.fromEntries(lines.map(({ item, dollars }) => [item, dollars]))
    // 41 M requests, 10 M included, 0.30 a million.
    expect(dollars.requests).toBeCloseTo(9.3, 6)
    expect(dollars['CPU milliseconds']).toBeCloseTo(0.4, 6)
    // 1.5 M writes, 1 M included; 200 GB for three months, 10 included.
    expect(dollars['R2 writes and lists']).toBeCloseTo(2.25, 6)
    expect(dollars['R2 gigabyte-months']).toBeCloseTo(590 * 0.015, 6)
    expect(dollars['gigabytes sent']).toBe(0)
    expect(total).toBeCloseTo(5 + lines.reduce((sum, line) => sum + line.dollars, 0), 9)
  })

  it('says what one more costs with nothing included', () => {
    const { centsPerVisitor, centsPerSharer } = bill({ visit, share }, 10, 1, 3)
    expect(centsPerVisitor).toBeCloseTo((40 * (0.3 + 0.6) + 50 * 0.02 + 20 * 0.36) / 1e4, 9)
    const shared =
      (10 * (0.3 + 0.6) + 15 * 4.5 + 2 * 0.15 + 2 * 0.0128 * 12.5) / 1e4 + 100 * 0.002 * 3 * 0.015
    expect(centsPerSharer - centsPerVisitor).toBeCloseTo(shared, 9)
  })
})
