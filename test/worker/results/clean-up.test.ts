import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import worker from '../../../worker/index.ts'
import { cleanUp } from '../../../worker/results/clean-up.ts'
import { call, commit, create, goodParts, isolateTests, publish, putAll, storedKeys } from '../service.ts'

const hour = 3600_000
const day = 24 * hour

const parts = await goodParts()
isolateTests()

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
