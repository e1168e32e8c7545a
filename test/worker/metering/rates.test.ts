import { describe, expect, test } from 'vitest'
import { limits } from '../../../worker/limits.ts'
import {
  adminToken,
  call,
  create,
  declare,
  errorOf,
  goodParts,
  isolateTests,
  newAddress,
  openSession,
  publish,
} from '../service.ts'

const parts = await goodParts()
isolateTests()

async function expectTooMany(response: Response): Promise<void> {
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  const isPage = response.headers.get('content-type')?.startsWith('text/html')
  if (!isPage) expect((await errorOf(response)).code).toBe('too-many-requests')
}

const minute = 60_000
/** Longer than any of these tests asks. */
const enough = 4_000

/** Answers until one is 429, at most `most`. The limits count by the clock's minutes: none may end in between. */
async function untilTooMany(most: number, ask: () => Promise<Response>, within = enough): Promise<number> {
  const left = minute - (Date.now() % minute)
  if (left < within) await new Promise((resolve) => setTimeout(resolve, left + 50))
  for (let asked = 0; asked < most; asked++) {
    const response = await ask()
    if (response.status !== 429) continue
    await expectTooMany(response)
    return asked
  }
  return most
}

describe('rates', () => {
  test('sessions of one address', async () => {
    const { limit } = limits.rates.RATE_STRICT
    expect(await untilTooMany(2 * limit, () => call('/api/session', { json: {} }))).toBe(limit)
    newAddress()
    expect((await call('/api/session', { json: {} })).status).toBe(200)
  })

  test('writes of one address, whatever they are', async () => {
    const { limit } = limits.rates.RATE_ADDRESS
    const ask = () => call('/api/results/AAAAAAAAAAAAAAAAAAAAAA', { method: 'DELETE' })
    expect(await untilTooMany(2 * limit, ask)).toBe(limit)
    expect((await call('/api/gallery')).status).toBe(200)
  })

  test('uploads of one session, from wherever', async () => {
    const { limit } = limits.rates.RATE_SESSION
    const token = await openSession()
    const ask = () => {
      newAddress()
      return call('/api/results', { token, json: { parts: declare(parts) } })
    }
    expect(await untilTooMany(2 * limit, ask)).toBe(limit)
  })

  test('commits of one upload', async () => {
    const { limit } = limits.rates.RATE_STRICT
    const upload = await create(parts)
    const ask = () => {
      newAddress()
      return call(`/api/results/${upload.id}/commit`, { token: upload.owner, json: {} })
    }
    expect(await untilTooMany(2 * limit, ask)).toBe(limit)
  })

  test('reads of one address, of what lies in the bucket', async () => {
    const { limit } = limits.rates.RATE_READ
    const paths = [
      '/api/results/AAAAAAAAAAAAAAAAAAAAAA',
      '/r/AAAAAAAAAAAAAAAAAAAAAA',
      '/models/manifest.json',
    ]
    let asked = 0
    const ask = () => call(paths[asked++ % paths.length])
    expect(await untilTooMany(2 * limit, ask, 40_000)).toBe(limit)
    expect((await call('/api/health')).status).toBe(429)
    expect((await call('/robots.txt')).status).toBe(200)
    newAddress()
    expect((await call(paths[0])).status).toBe(404)
  }, 60_000)

  test('listings of the gallery of one address: what has to be listed anew, not what is kept', async () => {
    const { limit } = limits.rates.RATE_STRICT
    let asked = 0
    const ask = () => {
      const cursor = `${8_200_000_000_000 + asked++}-${'A'.repeat(22)}`
      return call(asked % 2 ? `/gallery?cursor=${cursor}` : `/api/gallery?cursor=${cursor}`)
    }
    expect(await untilTooMany(2 * limit, ask)).toBe(limit)
    newAddress()
    for (let i = 0; i < 2 * limit; i++) expect((await call('/api/gallery')).status).toBe(200)
  })

  test.each([
    ['the admin token', () => call('/api/admin/reports', { token: `guess${Math.random()}` }), 401],
    ['an owner token', () => guessOwner(), 403],
  ])('guesses at %s', async (_, ask, status) => {
    await publishOne()
    const { limit } = limits.rates.RATE_ADDRESS
    expect((await ask()).status).toBe(status)
    expect(await untilTooMany(2 * limit, ask)).toBe(limit - 1)
    // The good one does no better meanwhile: what is refused is not looked at.
    expect((await call('/api/admin/reports', { token: adminToken })).status).toBe(429)
    newAddress()
    expect((await call('/api/admin/reports', { token: adminToken })).status).toBe(200)
  })

  test('one IPv6 network counts as one address, a mapped IPv4 address as what it is', async () => {
    const { limit } = limits.rates.RATE_STRICT
    let asked = 0
    const from = (address: string) =>
      call('/api/session', { json: {}, headers: { 'cf-connecting-ip': address } })
    const ask = () => from(`2001:db8:1:1:${(++asked).toString(16)}::${asked}`)
    expect(await untilTooMany(2 * limit, ask)).toBe(limit)
    expect((await from('2001:db8:1:2::1')).status).toBe(200)
    expect(
      await untilTooMany(2 * limit, () => from(asked++ % 2 ? '::ffff:203.0.113.9' : '203.0.113.9')),
    ).toBe(limit)
  })
})

let listed: { id: string; owner: string }
async function publishOne(): Promise<void> {
  listed = await publish(parts)
  newAddress()
}

/** The record of an unlisted result is its owner's. */
function guessOwner(): Promise<Response> {
  const token = `own_${crypto.randomUUID().replaceAll('-', '').padEnd(43, 'A')}`
  return call(`/api/results/${listed.id}/parts/record.json`, { token })
}
