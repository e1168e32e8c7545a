import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import worker from '../../../worker/index.ts'
import { limits } from '../../../worker/limits.ts'
import { cleanUp } from '../../../worker/results/clean-up.ts'
import { call, commit, create, goodParts, isolateTests, publish, putAll, storedKeys } from '../service.ts'

const hour = 3600_000
const day = 24 * hour

const parts = await goodParts()
isolateTests()
vi.setConfig({ testTimeout: 30_000 })

test('removes an upload a day and an hour after it began, and not before', async () => {
  const upload = await create(parts)
  await putAll(upload, parts)
  const before = await storedKeys()
  expect(await cleanUp(env, Date.now() + 24 * hour)).toEqual({ done: 0, failed: 0 })
  expect(await storedKeys()).toEqual(before)
  expect(await cleanUp(env, Date.now() + 25 * hour + 1000)).toEqual({ done: 1, failed: 0 })
  expect(await storedKeys()).toEqual([])
})

test('removes results when they expire, and those alone', async () => {
  const [kept, extended] = [await publish(parts), await publish(parts, { visibility: 'listed' })]
  await call(`/api/results/${extended.id}`, { method: 'PATCH', token: extended.owner, json: { days: 200 } })
  await cleanUp(env, Date.now() + 89 * day)
  expect((await call(`/api/results/${kept.id}`)).status).toBe(200)
  await cleanUp(env, Date.now() + 91 * day)
  const left = await storedKeys()
  expect(left.filter((key) => key.includes(kept.id))).toEqual([])
  expect(left.filter((key) => key.includes(extended.id))).toHaveLength(7)
  await cleanUp(env, Date.now() + 201 * day)
  expect(await storedKeys()).toEqual([])
})

test('an entry that fails stays for the next run, and stops no other', async () => {
  const [first, second] = [await create(parts), await create(parts)]
  let broken = true
  const bucket = new Proxy(env.RESULTS, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return async (...args: unknown[]) => {
        if (broken && name === 'get' && String(args[0]).includes(first.id)) throw new Error('get: (10001)')
        return value.apply(target, args)
      }
    },
  })
  const broke = { ...env, RESULTS: bucket }
  expect(await cleanUp(broke, Date.now() + 2 * day)).toEqual({ done: 1, failed: 1 })
  expect((await storedKeys()).some((key) => key.includes(second.id))).toBe(false)
  broken = false
  expect(await cleanUp(broke, Date.now() + 2 * day)).toEqual({ done: 1, failed: 0 })
  expect(await storedKeys()).toEqual([])
})

test('the cron runs it', async () => {
  await create(parts)
  const controller = createScheduledController({
    scheduledTime: new Date(Date.now() + 2 * day),
    cron: '17 3 * * *',
  })
  const context = createExecutionContext()
  await worker.scheduled(controller, env)
  await waitOnExecutionContext(context)
  expect(await storedKeys()).toEqual([])
})

test('an upload that is too old cannot be published', async () => {
  const upload = await create(parts)
  await putAll(upload, parts)
  const key = `uploads/${upload.id}.json`
  const stored = await (await env.RESULTS.get(key))!.json<object>()
  await env.RESULTS.put(key, JSON.stringify({ ...stored, deadline: new Date(Date.now() - 1).toISOString() }))
  const response = await commit(upload)
  expect(response.status).toBe(410)
  expect(await response.json()).toMatchObject({ error: { code: 'upload-too-old' } })
})

describe('two runs at once', () => {
  test('do no harm', async () => {
    for (let i = 0; i < 3; i++) await create(parts)
    await Promise.all([cleanUp(env, Date.now() + 2 * day), cleanUp(env, Date.now() + 2 * day)])
    expect(await storedKeys()).toEqual([])
  })
})

describe('what a run can do', () => {
  /** The bucket, its calls counted, and none let through after so many. */
  function counted(most = Number.POSITIVE_INFINITY) {
    let calls = 0
    const bucket = new Proxy(env.RESULTS, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown
        if (typeof value !== 'function') return value
        return async (...args: unknown[]) => {
          if (++calls > most) throw new Error('Too many subrequests by single Worker invocation.')
          return value.apply(target, args)
        }
      },
    })
    return { env: { ...env, RESULTS: bucket }, calls: () => calls }
  }

  const idOf = (i: number) => String(i).padStart(22, 'A')
  const due = '2026-01-01T00:00:00.000Z'

  /** Expired results, or uploads that are too old. */
  async function fill(count: number, kind: 'results' | 'uploads'): Promise<void> {
    const put = (key: string, value: unknown) => env.RESULTS.put(key, JSON.stringify(value))
    const all = Array.from({ length: count }, (_, i) => idOf(i)).flatMap((id) => [
      put(`expiry/${due}/${id}`, ''),
      ...['face.glb', 'texture.png'].map((name) => put(`results/${id}/${name}/${'0'.repeat(64)}`, '')),
      kind === 'results'
        ? put(`records/${id}.json`, {
            state: 'published',
            id,
            title: '',
            published: due,
            expires: due,
            parts: {},
          })
        : put(`uploads/${id}.json`, { id, deadline: due, expiry: `expiry/${due}/${id}`, parts: {} }),
    ])
    await Promise.all(all)
  }

  test.each(['results', 'uploads'] as const)('expired %s take at most four calls each', async (kind) => {
    await fill(60, kind)
    const bucket = counted()
    expect(await cleanUp(bucket.env, Date.now())).toEqual({ done: 60, failed: 0 })
    expect(await storedKeys()).toEqual([])
    const { entriesPerRun, idsPerRun } = limits.cleanUp
    const each = bucket.calls() / 60
    expect(each).toBeLessThan(4)
    // All that one run does stays below what a worker may call.
    expect(each * entriesPerRun + 2 * idsPerRun).toBeLessThan(10_000)
  })

  test('where it is cut off, the next one goes on', async () => {
    await fill(60, 'results')
    // Enough for one group of entries.
    expect(await cleanUp(counted(165).env, Date.now())).toEqual({ done: 50, failed: 10 })
    expect((await env.RESULTS.list({ prefix: 'expiry/' })).objects).toHaveLength(10)
    expect(await cleanUp(env, Date.now())).toEqual({ done: 10, failed: 0 })
    expect(await storedKeys()).toEqual([])
  })

  test('keeps pace with what one quota lets in, many times over', () => {
    const { entriesPerRun, runsPerDay } = limits.cleanUp
    // A result has two entries in its life: its upload's, which goes when it is published, and its own.
    expect(entriesPerRun * runsPerDay).toBeGreaterThan(10 * limits.dailyAnonymousQuota.results)
  })
})
