import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { GalleryEntry } from '../../../worker/contract/contract.ts'
import { cleanUp } from '../../../worker/results/clean-up.ts'
import { recordKey } from '../../../worker/results/layout.ts'
import { call, commit, create, goodParts, isolateTests, publish, putAll } from '../service.ts'

const parts = await goodParts()
isolateTests()

/** A body with a title that only an escape can write. */
const withTitle = (escaped: string) => ({
  body: `{"title":"${escaped}","visibility":"listed"}`,
  headers: { 'content-type': 'application/json' },
})

async function listed(): Promise<GalleryEntry[]> {
  const page = await call('/api/gallery?limit=40')
  expect(page.status).toBe(200)
  return (await page.json<{ results: GalleryEntry[] }>()).results
}

test('a title with half a pair is published without it', async () => {
  const upload = await create(parts)
  await putAll(upload, parts)
  const { id, owner } = upload
  const commit = await call(`/api/results/${id}/commit`, { token: owner, ...withTitle('A\\ud800\\u202e') })
  expect([commit.status, (await commit.json<GalleryEntry>()).title]).toEqual([200, 'A'])
  expect((await listed()).map(({ title }) => title)).toEqual(['A'])
  const change = await call(`/api/results/${id}`, { method: 'PATCH', token: owner, ...withTitle('\\udc00B') })
  expect([change.status, (await change.json<GalleryEntry>()).title]).toEqual([200, 'B'])
})

test('one that was stored before breaks neither its page, the gallery nor the cron', async () => {
  const { id, owner } = await publish(parts)
  const stored = await (await env.RESULTS.get(recordKey(id)))!.json<object>()
  const ill = JSON.stringify({
    ...stored,
    upload: undefined,
    title: 'x\ud800\0\u202ey',
    visibility: 'listed',
  })
  await env.RESULTS.put(recordKey(id), ill)
  // As if its commit had broken off behind the record: the cron finishes it, and with it the gallery.
  await env.RESULTS.put(`expiry/2020-01-01T00:00:00.000Z/${id}`, '')
  await env.RESULTS.put(`uploads/${id}.json`, JSON.stringify({ id, expiry: 'expiry/none', parts: {} }))
  expect(await cleanUp(env, Date.now())).toMatchObject({ done: 1, failed: 0 })
  expect((await listed()).map(({ title }) => title)).toEqual(['x y'])
  expect(await (await call(`/r/${id}`)).text()).toContain('<h1>x y</h1>')
  expect(
    (await call(`/api/results/${id}/parts/texture.png?download`)).headers.get('content-disposition'),
  ).toContain('"x-y-')
  const hidden = await call(`/api/results/${id}`, {
    method: 'PATCH',
    token: owner,
    json: { visibility: 'unlisted' },
  })
  expect(hidden.status).toBe(200)
  expect((await commit({ id, owner })).status).toBe(200)
})
