import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../../worker/app.ts'
import { describeResult } from '../../../worker/results/describe.ts'
import { publishedRecord, readStanding } from '../../../worker/results/standing.ts'
import {
  adminToken,
  call,
  commit,
  create,
  errorOf,
  goodParts,
  isolateTests,
  newAddress,
  openSession,
  origin,
  publish,
  putAll,
  storedKeys,
} from '../service.ts'

const parts = await goodParts()
isolateTests()

describe('reading', () => {
  test('a published result is for everyone who knows its id', async () => {
    const { id, result } = await publish(parts, { title: ' Astronaut ' })
    const response = await call(`/api/results/${id}`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(result)
    expect(result).toMatchObject({
      state: 'published',
      id,
      title: 'Astronaut',
      visibility: 'unlisted',
      page: `/r/${id}`,
    })
    expect(Date.parse(result.expires) - Date.parse(result.published)).toBe(90 * 86_400_000)
    expect(describeResult(await publishedRecord(env, id))).toEqual(result)
    expect(await readStanding(env, id)).toMatchObject({ is: 'published', document: { id } })
  })

  test('parts come typed, and may be kept', async () => {
    const { result } = await publish(parts)
    for (const { name, url, bytes } of result.parts) {
      const response = await call(url)
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toContain('immutable')
      expect(response.headers.get('content-type')).toMatch(/^(image\/png|image\/jpeg|model\/gltf-binary)$/)
      const data = new Uint8Array(await response.arrayBuffer())
      expect(data).toEqual(parts[name as keyof typeof parts])
      expect(data).toHaveLength(bytes)
      const etag = response.headers.get('etag')!
      const again = await call(url, { headers: { 'if-none-match': etag } })
      expect(again.status).toBe(304)
      const range = await call(url, { headers: { range: 'bytes=10-19' } })
      expect(range.status).toBe(206)
      expect(new Uint8Array(await range.arrayBuffer())).toEqual(
        parts[name as keyof typeof parts].slice(10, 20),
      )
      const head = await call(url, { method: 'HEAD' })
      expect(head.status).toBe(200)
      expect(head.headers.get('content-length')).toBe(String(bytes))
    }
  })

  test('the record of an unlisted result is for its owner, of a listed one for all', async () => {
    const { id, owner } = await publish(parts)
    const path = `/api/results/${id}/parts/record.json`
    expect((await call(path)).status).toBe(401)
    expect((await call(path, { token: `own_${'A'.repeat(43)}` })).status).toBe(403)
    const own = await call(path, { token: owner })
    expect(own.status).toBe(200)
    expect(own.headers.get('cache-control')).toBe('private, no-store')
    await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { visibility: 'listed' } })
    expect((await call(path)).status).toBe(200)
  })

  test('the sampled texture never', async () => {
    const { id, owner } = await publish(parts)
    expect((await call(`/api/results/${id}/parts/sampled.png`, { token: owner })).status).toBe(404)
    expect((await storedKeys()).filter((key) => key.includes('sampled'))).toEqual([])
  })

  test.each(['AAAAAAAAAAAAAAAAAAAAAA', 'short', '..%2F..%2Fconfig%2Fkeys.json'])('%s: 404', async (id) => {
    expect((await call(`/api/results/${id}`)).status).toBe(404)
    expect((await call(`/api/results/${id}/parts/face.glb`)).status).toBe(404)
    expect(await readStanding(env, id)).toEqual({ is: 'nothing' })
  })

  test('an expired result is gone before the cron comes', async () => {
    const { id, result } = await publish(parts)
    const object = await env.RESULTS.get(`records/${id}.json`)
    const record = { ...(await object!.json<object>()), expires: new Date(Date.now() - 1000).toISOString() }
    await env.RESULTS.put(`records/${id}.json`, JSON.stringify(record))
    expect((await call(`/api/results/${id}`)).status).toBe(404)
    expect((await call(result.parts[0].url)).status).toBe(404)
  })
})

describe('changing', () => {
  test('its owner names, lists, hides and extends it', async () => {
    const { id, owner } = await publish(parts)
    const change = async (json: object) => {
      const response = await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json })
      expect(response.status).toBe(200)
      return response.json<{ expires: string }>()
    }
    expect(await change({ title: 'Zoë & <b>' })).toMatchObject({ title: 'Zoë & <b>', visibility: 'unlisted' })
    expect(await galleryIds()).toEqual([])
    await change({ visibility: 'listed' })
    expect(await galleryIds()).toEqual([id])
    await change({ visibility: 'unlisted' })
    expect(await galleryIds()).toEqual([])
    const { expires } = await change({ days: 300 })
    expect(Date.parse(expires) - Date.now()).toBeGreaterThan(299 * 86_400_000)
    expect((await storedKeys()).filter((key) => key.startsWith('expiry/'))).toEqual([
      `expiry/${expires}/${id}`,
    ])
  })

  test.each([
    [{ title: 'x'.repeat(81) }],
    [{ visibility: 'everyone' }],
    [{ days: 366 }],
    [{ days: 0 }],
    [{ owner: 'me' }],
  ])('%j: 400', async (json) => {
    const { id, owner } = await publish(parts)
    expect((await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json })).status).toBe(400)
  })

  test("nobody else does: another result's owner token is refused", async () => {
    const [{ id }, { owner }] = [await publish(parts), await publish(parts)]
    for (const request of [{ method: 'PATCH', json: { title: 'mine' } }, { method: 'DELETE' }]) {
      expect((await call(`/api/results/${id}`, { ...request, token: owner })).status).toBe(403)
      expect((await call(`/api/results/${id}`, request)).status).toBe(401)
    }
    expect((await call(`/api/results/${id}`)).status).toBe(200)
  })
})

describe('deleting', () => {
  test('leaves nothing, in the bucket or in a cache', async () => {
    const { id, owner, result } = await publish(parts, { visibility: 'listed' })
    await report(id)
    for (const { url } of result.parts) {
      const context = createExecutionContext()
      const bytes = await (await app.request(origin + url, {}, env, context)).arrayBuffer()
      await waitOnExecutionContext(context)
      expect(await (await edge().match(origin + url))?.arrayBuffer()).toEqual(bytes)
    }
    const response = await call(`/api/results/${id}`, { method: 'DELETE', token: owner })
    expect(response.status).toBe(204)
    expect(await storedKeys()).toEqual([])
    for (const { url } of result.parts) {
      expect(await edge().match(origin + url)).toBeUndefined()
      expect((await call(url)).status).toBe(404)
    }
    expect((await call(`/api/results/${id}`)).status).toBe(404)
    expect(await galleryIds()).toEqual([])
    expect((await call(`/api/results/${id}`, { method: 'DELETE', token: owner })).status).toBe(404)
  })
})

describe('the gallery', () => {
  test('shows what is listed, newest first, by pages', async () => {
    const ids: string[] = []
    for (let i = 0; i < 5; i++) {
      newAddress()
      const visibility = i === 2 ? 'unlisted' : 'listed'
      const { id } = await publish(parts, { title: `Number ${i}`, visibility })
      if (visibility === 'listed') ids.unshift(id)
    }
    const first = await page('?limit=3')
    expect(first.results.map(({ id }) => id)).toEqual(ids.slice(0, 3))
    expect(first.results[0]).toMatchObject({
      title: 'Number 4',
      textureSize: 256,
      page: `/r/${ids[0]}`,
      preview: `/api/results/${ids[0]}/parts/preview.jpg`,
    })
    const second = await page(`?limit=3&cursor=${first.cursor}`)
    expect(second.results.map(({ id }) => id)).toEqual(ids.slice(3))
    expect(second.cursor).toBeNull()
  })

  test('is kept for a minute', async () => {
    const response = await call('/api/gallery')
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
  })

  test.each(['?cursor=../config', '?limit=0', '?limit=49', '?limit=x', '?sort=old'])(
    '%s: 400',
    async (query) => {
      expect((await call(`/api/gallery${query}`)).status).toBe(400)
    },
  )
})

describe('reports', () => {
  test('go to the moderators, who take down or dismiss', async () => {
    const { id, owner, result } = await publish(parts, { visibility: 'listed' })
    expect((await report(id, { reason: 'not-my-consent', text: 'This is me.' })).status).toBe(204)
    expect((await report(id, { reason: 'other' })).status).toBe(204)
    const list = async () => {
      const response = await call('/api/admin/reports', { token: adminToken })
      return (
        await response.json<{ reports: { id: string; report: string; reason: string; text: string }[] }>()
      ).reports
    }
    const reports = await list()
    expect(reports).toMatchObject([
      { id, reason: 'not-my-consent', text: 'This is me.' },
      { id, reason: 'other', text: '' },
    ])
    const dismissed = await call(`/api/admin/reports/${id}/${reports[1].report}`, {
      method: 'DELETE',
      token: adminToken,
    })
    expect(dismissed.status).toBe(204)
    expect(await list()).toHaveLength(1)

    const down = await call(`/api/admin/results/${id}/take-down`, {
      token: adminToken,
      json: { reason: 'consent' },
    })
    expect(down.status).toBe(204)
    for (const path of [`/api/results/${id}`, ...result.parts.map(({ url }) => url)]) {
      const response = await call(path)
      expect(response.status).toBe(410)
      expect((await errorOf(response)).code).toBe('taken-down')
    }
    expect((await readStanding(env, id)).is).toBe('taken-down')
    expect(await storedKeys()).toEqual([`records/${id}.json`])
    expect(await galleryIds()).toEqual([])
    for (const request of [{ method: 'PATCH', json: { title: 'back' } }, { method: 'DELETE' }]) {
      expect((await call(`/api/results/${id}`, { ...request, token: owner })).status).toBe(410)
    }
    expect((await commit({ id, owner })).status).toBe(410)
    expect((await report(id)).status).toBe(410)
  })

  test('need a session, a reason that is on the list, and a result', async () => {
    const { id } = await publish(parts)
    const json = { reason: 'other' }
    expect((await call(`/api/results/${id}/report`, { json })).status).toBe(401)
    expect((await report(id, { reason: 'ugly' })).status).toBe(400)
    expect((await report('AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(404)
    const upload = await create(parts)
    await putAll(upload, parts)
    expect((await report(upload.id)).status).toBe(404)
  })

  test.each([
    ['no token', undefined],
    ['another token', 'local-admin-token-of-the-tests-0123456789abd'],
  ])('are for moderators: %s: 401', async (_, token) => {
    const { id } = await publish(parts)
    expect((await call('/api/admin/reports', { token })).status).toBe(401)
    const down = await call(`/api/admin/results/${id}/take-down`, { token, json: { reason: 'no' } })
    expect(down.status).toBe(401)
    expect((await call(`/api/results/${id}`)).status).toBe(200)
  })
})

async function report(id: string, json: object = { reason: 'other' }): Promise<Response> {
  return call(`/api/results/${id}/report`, { token: await openSession({ scope: ['results:report'] }), json })
}

/** A page past the cache. */
async function page(query: string): Promise<{ results: { id: string }[]; cursor: string | null }> {
  await edge().delete(`${origin}/api/gallery${query}`)
  return (await call(`/api/gallery${query}`)).json()
}

async function galleryIds(): Promise<string[]> {
  return (await page('')).results.map(({ id }) => id)
}

const edge = () => (caches as unknown as { default: Cache }).default
