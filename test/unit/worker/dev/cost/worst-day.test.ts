import { expect, it } from 'vitest'
import { attackBill, attackTable } from '../../../../../worker/dev/cost/attack-table.ts'
import { prices } from '../../../../../worker/dev/cost/prices.ts'
import { dollarsOfLog, dollarsOfStorage, worstDay } from '../../../../../worker/dev/cost/worst-day.ts'
import { limits } from '../../../../../worker/limits.ts'

const day = 86_400
const oneRead = { cpuMilliseconds: 0, classB: 1 }

it('bills each request, and what it uses as often as its rate lets it in', () => {
  const attack = { addresses: 2, perSecond: 100 }
  const free = worstDay({ routes: ['GET /a'], use: { cpuMilliseconds: 0 } }, attack)
  expect(free.letIn).toBe(200 * day)
  expect(free.dollars).toBeCloseTo((200 * day * prices.requests.perMillion) / 1e6)
  const limited = worstDay({ routes: ['GET /b'], use: oneRead, rate: 'RATE_STRICT' }, attack)
  expect(limited.letIn).toBe((2 * day * limits.rates.RATE_STRICT.limit) / limits.rates.RATE_STRICT.period)
  expect(limited.dollarsOfRequests).toBeCloseTo(free.dollars)
  expect(limited.dollars).toBeGreaterThan(free.dollars)
  expect(limited.dollars).toBeLessThan(worstDay({ routes: ['GET /c'], use: oneRead }, attack).dollars)
})

it('lets in no more than the share of each network, and the quota of all', () => {
  const route = { routes: ['PUT /a'], use: oneRead, whenShareIsUsedUp: { cpuMilliseconds: 0 } }
  const letIn = (addresses: number) => worstDay(route, { addresses, perSecond: 1 }).letIn
  expect(letIn(1)).toBe(limits.dailyShare.writes)
  expect(letIn(1e6)).toBe(limits.dailyAnonymousQuota.writes)
  expect(dollarsOfStorage({ addresses: 1e6 })).toBe(dollarsOfStorage({ addresses: 1e5 }))
})

it('one address that asks a hundred times a second costs little more than its requests', () => {
  const { days } = attackBill({ addresses: 1, perSecond: 100 })
  for (const { dollars, dollarsOfRequests } of days) expect(dollars).toBeLessThan(2 * dollarsOfRequests)
})

it('a flood costs less in lines of the log than in requests', () => {
  const attack = { addresses: 1000, perSecond: 20 }
  expect(dollarsOfLog(attack)).toBeLessThan(attackBill(attack).days[0].dollarsOfRequests / 5)
})

it('tells the dearest first', () => {
  const bill = attackBill({ addresses: 10, perSecond: 1 })
  expect(bill.days[0].dollars).toBeGreaterThanOrEqual(bill.days.at(-1)!.dollars)
  expect(attackTable(bill)).toContain('A day of 10 addresses with 1 requests a second each')
})
