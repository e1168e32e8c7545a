import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { limits } from '../../../worker/limits.ts'
import { payerOf } from '../../../worker/metering/take-quota.ts'
import {
  call,
  commit,
  create,
  declare,
  errorOf,
  goodParts,
  isolateTests,
  newAddress,
  openSession,
  type Parts,
  presentAddress,
  put,
  putAll,
  storedKeys,
} from '../service.ts'

const parts = await goodParts()
isolateTests()
vi.setConfig({ testTimeout: 30_000 })

const day = () => env.QUOTA.get(env.QUOTA.idFromName('anonymous'))
const used = () => day().usage(Date.now())
const bytesOf = (all: Parts) => Object.values(all).reduce((sum, { length }) => sum + length, 0)

/** The largest parts that may be declared, other ones each time. */
function largest() {
  const sha256 = () => crypto.randomUUID().replaceAll('-', '').repeat(2)
  const names = ['texture.png', 'face.glb', 'preview.jpg', 'record.json', 'sampled.png'] as const
  return Object.fromEntries(
    names.map((name) => [name, { bytes: limits.parts[name].maxBytes, sha256: sha256() }]),
  )
}

/** Others use up what all may use, but for `left`. */
async function useUp(left: { results?: number; bytes?: number }): Promise<void> {
  const { results, bytes } = limits.dailyAnonymousQuota
  const take = { results: results - (left.results ?? results), bytes: bytes - (left.bytes ?? bytes) }
  const most = { ...limits.dailyAnonymousQuota }
  await day().take({ name: 'others', visitor: 'others', take }, { all: most, each: most }, Date.now())
}

async function expectUsedUp(response: Response): Promise<void> {
  expect(response.status).toBe(429)
  const midnight = Math.ceil(Date.now() / 86_400_000) * 86_400
  const wait = Number(response.headers.get('retry-after'))
  expect(Math.abs(Date.now() / 1000 + wait - midnight)).toBeLessThan(5)
  expect((await errorOf(response)).code).toBe('too-many-requests')
}

describe('what is declared', () => {
  test('takes nothing of the bytes and results of the day', async () => {
    const token = await openSession()
    for (let i = 0; i < 20; i++)
      expect((await call('/api/results', { token, json: { parts: largest() } })).status).toBe(201)
    expect(await used()).toEqual({ writes: 20, results: 0, bytes: 0 })
  })

  test('declared anew neither, with whatever', async () => {
    const upload = await create(parts)
    for (let i = 0; i < 20; i++) {
      const json = { parts: largest() }
      const path = `/api/results/${upload.id}/parts`
      expect((await call(path, { method: 'PATCH', token: upload.owner, json })).status).toBe(200)
    }
    expect(await used()).toEqual({ writes: 21, results: 0, bytes: 0 })
  })

  test('must fit: 429 until midnight, and nothing is kept', async () => {
    await useUp({ results: 0 })
    const token = await openSession()
    await expectUsedUp(await call('/api/results', { token, json: { parts: declare(parts) } }))
    expect(await storedKeys()).toEqual([])
  })

  test('as often as one network may', async () => {
    const { writes } = limits.dailyShare
    const visitor = await ownVisitor()
    const most = { all: limits.dailyAnonymousQuota, each: limits.dailyShare }
    await day().take({ name: 'n', visitor, take: { writes: writes - 1 } }, most, Date.now())
    const token = await openSession()
    const ask = () => call('/api/results', { token, json: { parts: declare(parts) } })
    expect((await ask()).status).toBe(201)
    const refused = await ask()
    expect(refused.status).toBe(429)
    newAddress()
    expect((await ask()).status).toBe(201)
  })
})

describe('what arrives', () => {
  test('is counted: bytes as they come, the result when it is published', async () => {
    const upload = await create(parts)
    await putAll(upload, parts)
    expect(await used()).toEqual({ writes: 6, results: 0, bytes: bytesOf(parts) })
    await putAll(upload, parts)
    expect((await used()).bytes).toBe(bytesOf(parts))
    const commits = await Promise.all([1, 2, 3].map(() => commit(upload)))
    expect(commits.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await used()).toMatchObject({ results: 1, bytes: bytesOf(parts) })
    await commit(upload)
    expect((await used()).results).toBe(1)
  })

  test('a refused result is none', async () => {
    const bad = { ...parts, 'record.json': new TextEncoder().encode('{"format":1}') }
    const upload = await create(bad)
    await putAll(upload, bad)
    expect((await commit(upload)).status).toBe(422)
    expect((await used()).results).toBe(0)
  })

  const glb = parts['face.glb']
  test.each<[string, BodyInit]>([
    ['other bytes', glb.map((byte) => byte ^ 1)],
    ['too little', streamOf([glb.slice(0, 3000)])],
    ['too much', streamOf([glb, Uint8Array.of(0)])],
  ])('and what does not is given back: %s', async (_, body) => {
    const upload = await create(parts)
    const response = await call(`/api/results/${upload.id}/parts/face.glb`, {
      method: 'PUT',
      token: upload.owner,
      body,
      headers: { 'content-length': String(glb.length) },
    })
    expect(response.status).toBe(422)
    expect((await used()).bytes).toBe(0)
    expect((await storedKeys()).filter((key) => key.startsWith('results/'))).toEqual([])
  })

  test('and fits no more: 429, and is not kept', async () => {
    const upload = await create(parts)
    await useUp({ bytes: glb.length - 1 })
    await expectUsedUp(await put(upload, 'face.glb', glb))
    expect((await storedKeys()).filter((key) => key.startsWith('results/'))).toEqual([])
    expect((await put(upload, 'preview.jpg', parts['preview.jpg'])).status).toBe(204)
  })

  test('several at once take no more than fits', async () => {
    const uploads = await Promise.all([1, 2, 3, 4].map(() => create(parts)))
    await useUp({ bytes: 2 * glb.length })
    const answers = await Promise.all(uploads.map((upload) => put(upload, 'face.glb', glb)))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 429, 429])
    expect((await used()).bytes).toBe(limits.dailyAnonymousQuota.bytes)
  })

  test('published as often as one network may', async () => {
    const visitor = await ownVisitor()
    const most = { all: limits.dailyAnonymousQuota, each: limits.dailyShare }
    const upload = await create(parts)
    await putAll(upload, parts)
    await day().take({ name: 'r', visitor, take: { results: limits.dailyShare.results } }, most, Date.now())
    await expectUsedUp(await commit(upload))
    expect((await storedKeys()).filter((key) => key.startsWith('records/'))).toEqual([])
    newAddress()
    expect((await commit(upload)).status).toBe(200)
  })
})

test('one visitor of a key does not use up the day of that key', () => {
  for (const most of [limits.dailyQuota, limits.dailyAnonymousQuota]) {
    for (const kind of ['writes', 'results', 'bytes'] as const)
      expect(limits.dailyShare[kind]).toBeLessThanOrEqual(most[kind] / 10)
  }
})

/** How the quota names the network that this test's requests come from. */
async function ownVisitor(): Promise<string> {
  const { visitor } = await payerOf({ req: { header: presentAddress }, env } as never, undefined)
  return visitor
}

function streamOf(chunks: Uint8Array[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}
