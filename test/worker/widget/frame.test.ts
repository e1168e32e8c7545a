import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { protocolVersion, readRefusal } from '../../../client/app/widget/protocol.ts'
import { forgetKeys, keysObject, makeKey } from '../../../worker/auth/keys.ts'
import { call, isolateTests, origin } from '../service.ts'

const shop = 'https://shop.example'
const [shopKey, revokedKey] = ['pk_shop', 'pk_revoked']

/** The built document; there is none before the first build. */
const built = (await env.ASSETS.fetch(`${origin}/widget/frame`)).ok

isolateTests()
beforeEach(async () => {
  const created = new Date().toISOString()
  const keys = await Promise.all([
    makeKey(shopKey, 'Shop', [shop, 'https://www.shop.example'], created),
    makeKey(revokedKey, 'Revoked', [shop], created).then((key) => ({ ...key, revoked: created })),
  ])
  await env.RESULTS.put(keysObject, JSON.stringify(keys))
  forgetKeys(env)
})
afterEach(() => forgetKeys(env))

const policyOf = (response: Response) => response.headers.get('content-security-policy')!.split('; ')

const isolated = {
  'cross-origin-embedder-policy': 'credentialless',
  'cross-origin-resource-policy': 'cross-origin',
  'document-isolation-policy': 'isolate-and-credentialless',
}

describe.skipIf(!built)('the frame of a key (needs the built client)', () => {
  test('is the app, which the pages of the key’s origins may frame', async () => {
    const response = await call(`/widget/frame?key=${shopKey}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(policyOf(response)).toContain(`frame-ancestors ${shop} https://www.shop.example`)
    expect(policyOf(response)).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(Object.fromEntries(response.headers)).toMatchObject(isolated)
    expect(response.headers.get('permissions-policy')).toContain('camera=(self)')
    expect(await response.text()).toContain('id="page"')
  })

  test('is kept by nobody, whatever they kept before', async () => {
    const etag = (await env.ASSETS.fetch(`${origin}/widget/frame`)).headers.get('etag')!
    const headers = { 'if-none-match': etag }
    const response = await call(`/widget/frame?key=${shopKey}`, { headers })
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('etag')).toBeNull()
  })

  test('is there without a key for nobody', async () => {
    const direct = await env.ASSETS.fetch(`${origin}/widget/frame`)
    expect(direct.ok).toBe(true)
    for (const path of ['/widget/frame.html', '/widget/frame/', '/widget/frame']) {
      const response = await call(path)
      expect(response.status).not.toBe(200)
    }
  })
})

describe('what is refused', () => {
  const refused = [
    [`?key=pk_none`, 403, 'unknown-key', 'This widget key does not exist or was revoked.'],
    [`?key=${revokedKey}`, 403, 'unknown-key', 'This widget key does not exist or was revoked.'],
    ['', 400, 'missing-key', 'The widget was opened without a key.'],
    ['?key=', 400, 'missing-key', 'The widget was opened without a key.'],
  ] as const

  test.each(refused)('/widget/frame%s: %i, in a sentence', async (query, status, code, words) => {
    const response = await call(`/widget/frame${query}`)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const text = await response.text()
    expect(text).toMatch(/^<!doctype html>/)
    expect(text).toContain(`<p>${words} `)
    // What its script tells the element around it.
    const [, told] = /postMessage\((.+), '\*'\)/.exec(text)!
    const refusal = readRefusal(JSON.parse(told))
    expect(refusal).toMatchObject({ version: protocolVersion, code })
    expect(refusal!.message).toMatch(words)
  })

  test('is a page that may stand in any frame, and runs nothing but its own script', async () => {
    const response = await call('/widget/frame?key=pk_none')
    const text = await response.text()
    const [, nonce] = /<script nonce="([\w-]{22})">/.exec(text)!
    expect(policyOf(response)).toEqual([
      "default-src 'none'",
      `script-src 'nonce-${nonce}'`,
      `style-src 'nonce-${nonce}'`,
      "base-uri 'none'",
      "form-action 'none'",
      'frame-ancestors *',
    ])
    expect(Object.fromEntries(response.headers)).toMatchObject(isolated)
    const again = await (await call('/widget/frame?key=pk_none')).text()
    expect(again).not.toContain(nonce)
  })

  test('repeats nothing of the address', async () => {
    const key = encodeURIComponent('</script><script>alert(1)</script>')
    expect(await (await call(`/widget/frame?key=${key}`)).text()).not.toContain('alert')
  })

  test('writing to it', async () => {
    const response = await call(`/widget/frame?key=${shopKey}`, { method: 'POST', body: 'x' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD')
  })
})

const loader = await env.ASSETS.fetch(`${origin}/widget.js`)

describe.skipIf(!loader.ok)('the element (needs the built client)', () => {
  test('may be loaded by pages of any site, isolated ones too', async () => {
    for (const from of [shop, 'https://nobody.example', undefined]) {
      const response = await call('/widget.js', { headers: from ? { origin: from } : {} })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toMatch(/javascript/)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      expect(response.headers.get('cache-control')).toBe('no-cache')
    }
  })

  test('is the only script that is', async () => {
    const response = await call('/service-worker.js')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })
})
