import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../../worker/app.ts'
import { changeResult } from '../../../worker/results/change.ts'
import { deleteResult } from '../../../worker/results/remove.ts'
import { readStanding } from '../../../worker/results/standing.ts'
import {
  adminToken,
  call,
  create,
  goodParts,
  isolateTests,
  origin,
  publish,
  put,
  storedKeys,
} from '../service.ts'

const parts = await goodParts()
isolateTests()

/** How often a request reads each document of a result. */
async function readsOf(path: string, method: string, token?: string, json?: object) {
  const reads = { records: 0, uploads: 0 }
  const bucket = new Proxy(env.RESULTS, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        const [folder] = String(args[0]).split('/')
        if (name === 'get' && (folder === 'records' || folder === 'uploads')) reads[folder]++
        return value.apply(target, args)
      }
    },
  })
  const context = createExecutionContext()
  const response = await app.request(
    origin + path,
    {
      method,
      body: json && JSON.stringify(json),
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    },
    { ...env, RESULTS: bucket },
    context,
  )
  await waitOnExecutionContext(context)
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true)
  return reads
}

const once = { records: 1, uploads: 0 }

test.each([
  ['GET', '/api/results/ID'],
  ['GET', '/api/results/ID/parts/record.json'],
  ['GET', '/r/ID'],
  ['DELETE', '/api/results/ID'],
])('%s %s reads the record once', async (method, path) => {
  const { id, owner } = await publish(parts)
  expect(await readsOf(path.replace('ID', id), method, owner)).toEqual(once)
})

test('a change reads the record once, and looks again after it wrote into the gallery', async () => {
  const { id, owner } = await publish(parts)
  const path = `/api/results/${id}`
  expect(await readsOf(path, 'PATCH', owner, { title: 'Zoë' })).toEqual(once)
  const listed = await readsOf(path, 'PATCH', owner, { visibility: 'listed' })
  expect(listed).toEqual({ records: 2, uploads: 0 })
})

test('a moderator takes down what was read once', async () => {
  const { id } = await publish(parts)
  const path = `/api/admin/results/${id}/take-down`
  expect(await readsOf(path, 'POST', adminToken, { reason: 'consent' })).toEqual(once)
})

test('an upload is read once, where there is no record', async () => {
  const { id, owner } = await create(parts)
  await put({ id, owner }, 'face.glb', parts['face.glb'])
  expect(await readsOf(`/api/results/${id}`, 'GET', owner)).toEqual({ records: 1, uploads: 1 })
})

describe('what has changed since it was read', () => {
  /** A result as it was read, before its owner extended it. */
  async function readBeforeChange() {
    const { id, owner } = await publish(parts)
    const read = await readStanding(env, id)
    const response = await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { days: 300 } })
    expect(response.status).toBe(200)
    return read
  }

  test('is deleted all the same, with its newest entry for the cron', async () => {
    await deleteResult(env, await readBeforeChange(), origin)
    expect(await storedKeys()).toEqual([])
  })

  test('is not changed: 409', async () => {
    const read = await readBeforeChange()
    const changing = changeResult(env, read, { title: 'Zoë' })
    await expect(changing).rejects.toMatchObject({ status: 409, code: 'busy' })
  })
})
