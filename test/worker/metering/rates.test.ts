import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { app } from '../../../worker/app.ts'
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
  origin,
  presentAddress,
  publish,
} from '../service.ts'

const parts = await goodParts()
isolateTests()
vi.setConfig({ testTimeout: 30_000 })

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
async function untilTooMany(most: number, ask: () => Promise<Response>): Promise<number> {
  const left = minute - (Date.now() % minute)
  if (left < enough) await new Promise((resolve) => setTimeout(resolve, left + 50))
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

  /** Asks with a rate that has come to its end, or has not; what is counted is told. */
  async function askWith(
    rate: 'RATE_READ' | 'RATE_ADDRESS',
    success: boolean,
    path: string,
    { method = 'GET', token }: { method?: string; token?: string } = {},
  ) {
    const counted: string[] = []
    const limit = async ({ key = '' }: RateLimitOptions) => {
      counted.push(key)
      return { success }
    }
    const headers = {
      'cf-connecting-ip': presentAddress(),
      ...(token && { authorization: `Bearer ${token}` }),
    }
    const changed = { ...env, [rate]: { limit } }
    const response = await app.request(origin + path, { method, headers }, changed, createExecutionContext())
    return { status: response.status, counted }
  }

  describe('reads', () => {
    test.each([
      '/api/health',
      '/api/config',
      '/api/gallery',
      '/api/results/AAAAAAAAAAAAAAAAAAAAAA',
      '/api/results/AAAAAAAAAAAAAAAAAAAAAA/parts/face.glb',
      '/api/admin/reports',
      '/r/AAAAAAAAAAAAAAAAAAAAAA',
      '/models/manifest.json',
      '/models/0123456789abcdef/a.wasm',
    ])('%s counts once against its network, whatever is read', async (path) => {
      const [first, second] = [
        await askWith('RATE_READ', true, path),
        await askWith('RATE_READ', true, path, { method: 'HEAD' }),
      ]
      expect(first.status).not.toBe(429)
      expect(first.counted).toHaveLength(1)
      expect(second.counted).toEqual(first.counted)
      expect(first.counted[0]).toMatch(/^[0-9a-f]{32}$/)
      expect((await askWith('RATE_READ', false, path)).status).toBe(429)
    })

    test.each(['/', '/robots.txt', '/how', '/docs', '/gallery', '/widget.js'])(
      '%s reads no bucket, or what is kept, and is not counted',
      async (path) => {
        expect(await askWith('RATE_READ', false, path)).toMatchObject({ counted: [] })
      },
    )
  })

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

  test('looks at tokens, good ones too: what is refused is not looked at', async () => {
    const { id, owner } = await publish(parts)
    const record = `/api/results/${id}/parts/record.json`
    const guess = `own_${'A'.repeat(43)}`
    for (const [path, good, bad, refusal] of [
      ['/api/admin/reports', adminToken, 'guess', 401],
      [record, owner, guess, 403],
    ] as const) {
      const seen = [good, bad].map((token) => askWith('RATE_ADDRESS', true, path, { token }))
      const [fine, refused] = await Promise.all(seen)
      expect([fine.status, refused.status]).toEqual([200, refusal])
      for (const { counted } of [fine, refused]) expect(counted).toEqual([expect.stringMatching(/^token:/)])
      for (const token of [good, bad])
        expect((await askWith('RATE_ADDRESS', false, path, { token })).status).toBe(429)
    }
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
