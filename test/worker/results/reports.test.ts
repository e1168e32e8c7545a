import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { limits } from '../../../worker/limits.ts'
import {
  adminToken,
  call,
  goodParts,
  isolateTests,
  newAddress,
  openSession,
  publish,
  storedKeys,
} from '../service.ts'

const parts = await goodParts()
isolateTests()

interface Report {
  id: string
  report: string
  reason: string
  text: string
}

async function report(id: string, reason: string, text = ''): Promise<void> {
  const token = await openSession({ scope: ['results:report'] })
  const { status } = await call(`/api/results/${id}/report`, { token, json: { reason, text } })
  expect(status).toBe(204)
}

async function page(cursor?: string): Promise<{ reports: Report[]; cursor: string | null }> {
  const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''
  const response = await call(`/api/admin/reports${query}`, { token: adminToken })
  expect(response.status).toBe(200)
  return response.json()
}

describe('reports', () => {
  test('of junk keep no genuine one out, whoever sends them', async () => {
    const { id } = await publish(parts)
    for (let i = 0; i < limits.reportsPerReason.other + 3; i++) {
      newAddress()
      await report(id, 'other', `junk ${i}`)
    }
    for (let i = 0; i < limits.reportsPerReason.serious + 3; i++) {
      newAddress()
      await report(id, 'illegal', `junk ${i}`)
    }
    newAddress()
    await report(id, 'minor', 'This is my child.')
    const { reports } = await page()
    const count = (of: string) => reports.filter(({ reason }) => reason === of).length
    expect([count('minor'), count('illegal'), count('other')]).toEqual([1, 20, 10])
    expect(reports[0]).toMatchObject({ id, reason: 'minor', text: 'This is my child.' })
  }, 30_000)

  test('of one visitor count once for each reason, the first of them', async () => {
    const { id } = await publish(parts)
    for (const text of ['first', 'second', 'third']) await report(id, 'minor', text)
    await report(id, 'other')
    newAddress()
    await report(id, 'minor', 'another')
    const { reports } = await page()
    expect(reports.map(({ text }) => text).sort()).toEqual(['', 'another', 'first'])
    // The reporters of two results cannot be compared.
    const { id: second } = await publish(parts)
    await report(second, 'minor')
    const names = (await page()).reports.map(({ report }) => report)
    expect(new Set(names).size).toBe(names.length)
  })

  test('come the serious first, over pages, also of those from before reasons stood in keys', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => String(i).padStart(22, 'A'))
    const body = (reason: string) =>
      JSON.stringify({ reported: '2026-01-01T00:00:00.000Z', reason, text: '' })
    const old = '2026-01-01T00:00:00.000Z-AAAAAAAA'
    for (const id of ids) {
      await env.RESULTS.put(`reports/${id}/other-${'0'.repeat(16)}`, body('other'))
      await env.RESULTS.put(`reports/${id}/${old}`, body('minor'))
    }
    await env.RESULTS.put(`reports/${ids[29]}/minor-${'1'.repeat(16)}`, body('minor'))
    await env.RESULTS.put(`reports/${ids[3]}/not-my-consent-${'1'.repeat(16)}`, body('not-my-consent'))
    const first = await page()
    const rest = await page(first.cursor!)
    const all = [...first.reports, ...rest.reports]
    expect([first.reports.length, all.length, rest.cursor]).toEqual([50, 62, null])
    expect(new Set(all.map(({ id, report }) => id + report)).size).toBe(62)
    expect(all.slice(0, 2).map(({ id }) => id)).toEqual([ids[29], ids[3]])
    expect(all.slice(2, 32).every(({ report }) => report === old)).toBe(true)
    // Both kinds can be dismissed.
    for (const { id, report } of [all[0], all[5]]) {
      const address = `/api/admin/reports/${id}/${report}`
      expect((await call(address, { method: 'DELETE', token: adminToken })).status).toBe(204)
    }
    expect(await storedKeys()).toHaveLength(60)
  })

  test.each(['x', '\ud800', '../..', `${'A'.repeat(22)}/${'x'.repeat(2000)}`])(
    'have no page behind %j',
    async (cursor) => {
      const address = `/api/admin/reports?${new URLSearchParams({ cursor })}`
      expect((await call(address, { token: adminToken })).status).toBe(400)
    },
  )
})
