import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { app } from '../../../worker/app.ts'
import { requiredParts } from '../../../worker/contract/parts.ts'
import { cleanUp } from '../../../worker/results/clean-up.ts'
import {
  adminToken,
  call,
  create,
  declare,
  goodParts,
  isolateTests,
  newAddress,
  openSession,
  origin,
  type Parts,
  publish,
  put,
  putAll,
  storedKeys,
} from '../service.ts'

// The bucket fails at each call in turn: once before it does anything, and once after, so that only its answer is lost.

const parts = await goodParts()
isolateTests()
vi.setConfig({ testTimeout: 60_000 })

type When = 'before' | 'after'

/** The real bucket, whose n-th call fails. */
function failing(bucket: R2Bucket, n: number, when: When) {
  let calls = 0
  const proxy = new Proxy(bucket, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return async (...args: unknown[]) => {
        const fails = ++calls === n
        if (fails && when === 'before') throw new Error(`${String(name)}: internal error (10001)`)
        const answer = await value.apply(target, args)
        if (fails) throw new Error(`${String(name)}: internal error (10001)`)
        return answer
      }
    },
  })
  return { bucket: proxy, reached: () => calls >= n }
}

interface Request {
  path: string
  method: string
  token: string
  json?: object
  data?: Uint8Array<ArrayBuffer>
}

/**
 * Makes a request with the bucket failing at its first call, its second, ... until it has no more; each time from a new
 * start.
 */
async function failEach(
  when: When,
  prepare: () => Promise<Request>,
  check: (request: Request, failed: Response) => Promise<void>,
): Promise<number> {
  for (let n = 1; n < 40; n++) {
    newAddress()
    const request = await prepare()
    const { bucket, reached } = failing(env.RESULTS, n, when)
    const context = createExecutionContext()
    const { path, method, token, json, data } = request
    const response = await app.request(
      origin + path,
      {
        method,
        body: data ?? (json && JSON.stringify(json)),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'cf-connecting-ip': `203.0.113.${n}`,
          ...(data ? { 'content-length': String(data.length) } : {}),
        },
      },
      { ...env, RESULTS: bucket },
      context,
    )
    await waitOnExecutionContext(context)
    if (!reached()) {
      expect(response.ok).toBe(true)
      return n - 1
    }
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({
      error: { code: 'internal', hint: 'Try again in a moment.' },
    })
    await check(request, response)
  }
  throw new Error('The request never ends.')
}

const again = ({ path, method, token, json, data }: Request) =>
  call(path, {
    method,
    token,
    ...(json ? { json } : {}),
    ...(data ? { body: data, headers: { 'content-length': String(data.length) } } : {}),
  })

const idOf = (path: string) => path.split('/').find((step) => /^[\w-]{22}$/.test(step))!

/** Whoever can see a result can read all of it. */
async function expectWholeOrNothing(id: string): Promise<void> {
  const response = await call(`/api/results/${id}`)
  if (response.status === 404) return
  const { parts: shown } = await response.json<{ parts: { name: keyof Parts; url: string }[] }>()
  for (const { name, url } of shown) {
    expect(new Uint8Array(await (await call(url)).arrayBuffer())).toEqual(parts[name])
  }
}

describe.each(['before', 'after'] as const)('the bucket fails %s it does its work', (when) => {
  test('declaring: nothing is published, and the cron takes what was begun', async () => {
    const calls = await failEach(
      when,
      async () => ({
        path: '/api/results',
        method: 'POST',
        token: await openSession(),
        json: { parts: declare(parts) },
      }),
      async (request) => {
        expect((await again(request)).status).toBe(201)
        await cleanUp(env, Date.now() + 26 * 3600_000)
        expect(await storedKeys()).toEqual([])
      },
    )
    expect(calls).toBe(3)
  })

  test('sending: the part is not there or whole, and can be sent again', async () => {
    const calls = await failEach(
      when,
      async () => {
        const { id, owner } = await create(parts)
        return {
          path: `/api/results/${id}/parts/face.glb`,
          method: 'PUT',
          token: owner,
          data: parts['face.glb'],
        }
      },
      async (request) => {
        expect((await again(request)).status).toBe(204)
        const keys = (await storedKeys()).filter((key) => key.startsWith(`results/${idOf(request.path)}`))
        expect(keys).toHaveLength(1)
        expect(new Uint8Array(await (await env.RESULTS.get(keys[0]))!.arrayBuffer())).toEqual(
          parts['face.glb'],
        )
      },
    )
    expect(calls).toBeGreaterThanOrEqual(4)
  })

  test('declaring anew', async () => {
    await failEach(
      when,
      async () => {
        const { id, owner } = await create(parts)
        return {
          path: `/api/results/${id}/parts`,
          method: 'PATCH',
          token: owner,
          json: { parts: { 'face.glb': { bytes: 3, sha256: '0'.repeat(64) } } },
        }
      },
      async (request) => expect((await again(request)).status).toBe(200),
    )
  })

  test('publishing: all or nothing, and a second commit mends it', async () => {
    const calls = await failEach(
      when,
      async () => {
        const upload = await create(parts)
        await putAll(upload, parts)
        const json = { visibility: 'listed' }
        return { path: `/api/results/${upload.id}/commit`, method: 'POST', token: upload.owner, json }
      },
      async (request) => {
        const id = idOf(request.path)
        await expectWholeOrNothing(id)
        expect((await again(request)).status).toBe(200)
        await expectWholeOrNothing(id)
        const keys = (await storedKeys()).filter((key) => key.includes(id)).map((key) => key.split('/')[0])
        expect(keys.filter((folder) => folder === 'results')).toHaveLength(4)
        expect(keys.filter((folder) => folder === 'gallery')).toHaveLength(1)
        expect(keys).not.toContain('uploads')
        // A commit that broke off may leave a second expiry entry; deletion and cron know how to live with it.
        await call(`/api/results/${id}`, { method: 'DELETE', token: request.token })
        await cleanUp(env, Date.now() + 100 * 86_400_000)
        expect(await storedKeys()).toEqual([])
      },
    )
    expect(calls).toBeGreaterThan(requiredParts.length + 5)
  })

  test('changing: the gallery never shows what its owner hid', async () => {
    await failEach(
      when,
      async () => {
        const { id, owner } = await publish(parts, { visibility: 'listed' })
        const json = { visibility: 'unlisted', days: 10 }
        return { path: `/api/results/${id}`, method: 'PATCH', token: owner, json }
      },
      async (request) => {
        const id = idOf(request.path)
        expect((await again(request)).status).toBe(200)
        expect((await storedKeys()).filter((key) => key.startsWith('gallery/') && key.includes(id))).toEqual(
          [],
        )
        await cleanUp(env, Date.now() + 11 * 86_400_000)
        // A change that broke off may leave an empty expiry entry until its time.
        const left = (await storedKeys()).filter((key) => key.includes(id))
        expect(left.filter((key) => !key.startsWith('expiry/'))).toEqual([])
        await cleanUp(env, Date.now() + 100 * 86_400_000)
        expect(await storedKeys()).toEqual([])
      },
    )
  })

  test('deleting: what is begun is not readable, and asking again or the cron ends it', async () => {
    for (const mend of ['again', 'cron'] as const) {
      await failEach(
        when,
        async () => {
          const { id, owner } = await publish(parts, { visibility: 'listed' })
          return { path: `/api/results/${id}`, method: 'DELETE', token: owner }
        },
        async (request) => {
          const id = idOf(request.path)
          const readable = (await call(`/api/results/${id}`)).status === 200
          if (readable) await expectWholeOrNothing(id)
          if (mend === 'again' || readable) expect([204, 404]).toContain((await again(request)).status)
          await cleanUp(env, Date.now() + 1000)
          const left = (await storedKeys()).filter((key) => key.includes(id))
          expect(left.filter((key) => !key.startsWith('expiry/'))).toEqual([])
          await cleanUp(env, Date.now() + 100 * 86_400_000)
          expect(await storedKeys()).toEqual([])
        },
      )
    }
  })

  test('deleting an upload', async () => {
    await failEach(
      when,
      async () => {
        const upload = await create(parts)
        await put(upload, 'face.glb', parts['face.glb'])
        return { path: `/api/results/${upload.id}`, method: 'DELETE', token: upload.owner }
      },
      async (request) => {
        expect([204, 404]).toContain((await again(request)).status)
        const left = (await storedKeys()).filter((key) => key.includes(idOf(request.path)))
        expect(left.filter((key) => !key.startsWith('expiry/'))).toEqual([])
      },
    )
  })

  test('taking down: 410 or whole, and asking again ends it', async () => {
    await failEach(
      when,
      async () => {
        const { id } = await publish(parts, { visibility: 'listed' })
        const path = `/api/admin/results/${id}/take-down`
        return { path, method: 'POST', token: adminToken, json: { reason: 'consent' } }
      },
      async (request) => {
        const id = idOf(request.path)
        expect([200, 410]).toContain((await call(`/api/results/${id}`)).status)
        expect((await again(request)).status).toBe(204)
        expect((await call(`/api/results/${id}`)).status).toBe(410)
        expect((await storedKeys()).filter((key) => key.includes(id))).toEqual([`records/${id}.json`])
      },
    )
  })
})
