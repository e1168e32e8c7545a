import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { forgetKeys, keysObject, makeKey } from '../../../worker/auth/keys.ts'
import { frameHeaders } from '../../../worker/widget/frame-headers.ts'
import {
  call,
  commit,
  create,
  declare,
  errorOf,
  goodParts,
  isolateTests,
  openSession,
  origin,
  publish,
  put,
  putAll,
} from '../service.ts'

const shop = 'https://shop.example'
const other = 'https://other.example'
const evil = 'https://evil.example'
const [shopKey, otherKey, revokedKey] = ['pk_shop', 'pk_other', 'pk_revoked']

const parts = await goodParts()
isolateTests()
beforeEach(async () => {
  const created = new Date().toISOString()
  const keys = await Promise.all([
    makeKey(shopKey, 'Shop', [shop, 'https://www.shop.example'], created),
    makeKey(otherKey, 'Other', [other], created),
    makeKey(revokedKey, 'Revoked', [evil], created).then((key) => ({ ...key, revoked: created })),
  ])
  await env.RESULTS.put(keysObject, JSON.stringify(keys))
  forgetKeys(env)
})
afterEach(() => forgetKeys(env))

const preflight = (from: string, method = 'PUT') =>
  call('/api/results/AAAAAAAAAAAAAAAAAAAAAA/parts/face.glb', {
    method: 'OPTIONS',
    headers: { origin: from, 'access-control-request-method': method },
  })

describe('a page of an origin that a key is bound to', () => {
  test('opens a session and shares', async () => {
    const token = await openSession({ key: shopKey }, { origin: shop })
    const response = await call('/api/results', {
      token,
      json: { parts: declare(parts) },
      headers: { origin: shop },
    })
    expect(response.status).toBe(201)
    expect(response.headers.get('access-control-allow-origin')).toBe(shop)
    expect(response.headers.get('vary')?.toLowerCase()).toContain('origin')
  })

  test('sees errors too', async () => {
    const response = await call('/api/session', { json: { key: 'pk_none' }, headers: { origin: shop } })
    expect(response.status).toBe(401)
    expect((await errorOf(response)).code).toBe('unknown-key')
    expect(response.headers.get('access-control-allow-origin')).toBe(shop)
  })

  test('gets its preflight answered', async () => {
    const response = await preflight(shop)
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(shop)
    expect(response.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test("does not use another origin's key, session or result", async () => {
    const foreignKey = await call('/api/session', { json: { key: otherKey }, headers: { origin: shop } })
    expect(foreignKey.status).toBe(403)
    expect((await errorOf(foreignKey)).code).toBe('origin-not-allowed')
    const token = await openSession({ key: otherKey }, { origin: other })
    const json = { parts: declare(parts) }
    expect((await call('/api/results', { token, json, headers: { origin: shop } })).status).toBe(403)
    const made = await call('/api/results', { token, json, headers: { origin: other } })
    const upload = await made.json<{ id: string; owner: string }>()
    const from = (page: string) =>
      call(`/api/results/${upload.id}`, { method: 'DELETE', token: upload.owner, headers: { origin: page } })
    expect((await from(shop)).status).toBe(403)
    expect((await from(other)).status).toBe(204)
  })

  test('may load the model files, for the library', async () => {
    await env.MODELS.put('models/manifest.json', '{"models":[]}')
    const from = async (page: string) => {
      const response = await call('/models/manifest.json', { headers: { origin: page } })
      expect(response.status).toBe(200)
      return response.headers.get('access-control-allow-origin')
    }
    expect([await from(shop), await from(evil)]).toEqual([shop, null])
  })

  test('without a key it may not share', async () => {
    const response = await call('/api/session', { json: {}, headers: { origin: shop } })
    expect(response.status).toBe(403)
  })
})

test("the service's own pages may use a key: the widget's frame is one", async () => {
  const token = await openSession({ key: shopKey }, { origin })
  const json = { parts: declare(parts) }
  expect((await call('/api/results', { token, json, headers: { origin } })).status).toBe(201)
})

test('the day of a key is counted for that key', async () => {
  const token = await openSession({ key: shopKey }, { origin: shop })
  const json = { parts: declare(parts) }
  const begun = await call('/api/results', { token, json, headers: { origin: shop } })
  const upload = await begun.json<{ id: string; owner: string }>()
  await putAll(upload, parts)
  await commit(upload)
  const { id } = await makeKey(shopKey, '', [], '')
  const usage = await env.QUOTA.get(env.QUOTA.idFromName(id)).usage(Date.now())
  expect(usage.results).toBe(1)
  expect(usage.bytes).toBe(Object.values(parts).reduce((sum, { length }) => sum + length, 0))
})

describe.each([
  ['of no key', 'https://nobody.example'],
  ['of a revoked key', evil],
  ['null', 'null'],
])('a page of an origin %s', (_, foreign) => {
  test('gets nothing done', async () => {
    for (const key of [undefined, shopKey, revokedKey]) {
      const response = await call('/api/session', { json: { key }, headers: { origin: foreign } })
      expect(response.status).toBe(403)
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
    }
    expect((await preflight(foreign)).status).toBe(403)
    const upload = await create(parts)
    const response = await call(`/api/results/${upload.id}/commit`, {
      token: upload.owner,
      json: {},
      headers: { origin: foreign },
    })
    expect(response.status).toBe(403)
  })

  test('does not get to see what it reads', async () => {
    const { id } = await publish(parts)
    for (const path of [`/api/results/${id}`, '/api/gallery', `/api/results/${id}/parts/face.glb`]) {
      const response = await call(path, { headers: { origin: foreign } })
      expect(response.headers.get('access-control-allow-origin')).toBeNull()
      expect(response.headers.get('vary')?.toLowerCase()).toContain('origin')
    }
  })
})

test('a cached part carries the headers of who asks', async () => {
  const { id } = await publish(parts)
  const path = `/api/results/${id}/parts/face.glb`
  for (const [from, allowed] of [
    [shop, shop],
    [evil, null],
    [other, other],
  ] as const) {
    const response = await call(path, { headers: { origin: from } })
    await response.arrayBuffer()
    expect(response.headers.get('access-control-allow-origin')).toBe(allowed)
  }
})

describe('the frame of a key', () => {
  test('may be framed by the pages of its origins', async () => {
    const headers = await frameHeaders(env, shopKey)
    expect(headers['content-security-policy']).toContain(`frame-ancestors ${shop} https://www.shop.example`)
    expect(headers).toMatchObject({
      'cross-origin-embedder-policy': 'credentialless',
      'cross-origin-resource-policy': 'cross-origin',
      'document-isolation-policy': 'isolate-and-credentialless',
    })
  })

  test.each(['pk_none', revokedKey])('%s: refused', async (key) => {
    await expect(frameHeaders(env, key)).rejects.toMatchObject({ status: 403, code: 'unknown-key' })
  })
})

test('a session ends with its key', async () => {
  const token = await openSession({ key: shopKey })
  const ask = () => call('/api/results', { token, json: { parts: declare(parts) } })
  expect((await ask()).status).toBe(201)
  const key = await makeKey(shopKey, 'Shop', [shop], '')
  await env.RESULTS.put(keysObject, JSON.stringify([{ ...key, revoked: new Date().toISOString() }]))
  forgetKeys(env)
  const response = await ask()
  expect(response.status).toBe(401)
  expect((await errorOf(response)).code).toBe('unknown-key')
})

test('a part arrives for a key too', async () => {
  const token = await openSession({ key: shopKey })
  expect(token).toContain('.')
  const upload = await create(parts, token)
  expect((await put(upload, 'face.glb', parts['face.glb'])).status).toBe(204)
})
