import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { limits } from '../../../worker/limits.ts'
import {
  call,
  create,
  declare,
  errorOf,
  goodParts,
  isolateTests,
  newAddress,
  openSession,
} from '../service.ts'

const parts = await goodParts()
isolateTests()

async function expectTooMany(response: Response): Promise<void> {
  expect(response.status).toBe(429)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await errorOf(response)).code).toBe('too-many-requests')
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
})

describe("a day's quota", () => {
  const quota = (name: string) => env.QUOTA.get(env.QUOTA.idFromName(name))
  const noon = Date.UTC(2026, 7, 1, 12)

  test('counts results and bytes, and starts anew at midnight UTC', async () => {
    const most = { results: 2, bytes: 100 }
    const day = quota('a')
    expect(await day.take({ results: 1, bytes: 60 }, most, noon)).toBe(true)
    expect(await day.take({ results: 1, bytes: 41 }, most, noon)).toBe(false)
    expect(await day.take({ results: 1, bytes: 40 }, most, noon)).toBe(true)
    expect(await day.take({ results: 1, bytes: 0 }, most, noon)).toBe(false)
    expect(await day.usage(noon)).toEqual({ results: 2, bytes: 100 })
    expect(await quota('b').usage(noon)).toEqual({ results: 0, bytes: 0 })
    expect(await day.take({ results: 1, bytes: 0 }, most, noon + 12 * 3600_000)).toBe(true)
  })

  test('lets no two in where one fits', async () => {
    const take = () => quota('c').take({ results: 1, bytes: 1 }, { results: 5, bytes: 100 }, noon)
    const taken = await Promise.all(Array.from({ length: 20 }, take))
    expect(taken.filter(Boolean)).toHaveLength(5)
  })

  test('used up: 429 until midnight, and nothing is kept', async () => {
    const { results, bytes } = limits.dailyAnonymousQuota
    await quota('anonymous').take({ results: results - 1, bytes: 0 }, { results, bytes }, Date.now())
    await create(parts)
    const kept = (await env.RESULTS.list()).objects.length
    const response = await call('/api/results', {
      token: await openSession(),
      json: { parts: declare(parts) },
    })
    const wait = Number(response.headers.get('retry-after'))
    await expectTooMany(response)
    const midnight = Math.ceil(Date.now() / 86_400_000) * 86_400
    expect(Math.abs(Date.now() / 1000 + wait - midnight)).toBeLessThan(5)
    expect((await env.RESULTS.list()).objects).toHaveLength(kept)
  })
})
