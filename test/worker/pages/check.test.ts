import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../../worker/app.ts'
import { origin } from '../service.ts'

const ask = (path: string, bindings: object = {}) => app.request(origin + path, {}, { ...env, ...bindings })

describe('the check before sharing', () => {
  test('is wanted where the service has a Turnstile secret', async () => {
    const without = await ask('/api/config')
    expect(await without.json()).toEqual({ turnstile: false })
    expect(without.headers.get('cache-control')).toBe('public, max-age=300')
    const wanted = await ask('/api/config', { TURNSTILE_SECRET: 'secret-of-turnstile' })
    expect(await wanted.text()).toBe('{"turnstile":true}')
  })

  test('has a page that lets Turnstile’s script and frame in, and nothing else', async () => {
    const response = await ask('/check', {
      TURNSTILE_SECRET: 'secret-of-turnstile',
      TURNSTILE_SITE_KEY: '0x4AAA"><b>',
    })
    expect(response.status).toBe(200)
    const html = await response.text()
    expect(html).toContain('data-sitekey="0x4AAA&quot;&gt;&lt;b&gt;"')
    expect(html).not.toContain('secret-of-turnstile')
    const policy = response.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self' https://challenges.cloudflare.com;")
    expect(policy).toContain('frame-src https://challenges.cloudflare.com;')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(response.headers.get('cross-origin-embedder-policy')).toBe('unsafe-none')
    expect(response.headers.get('cross-origin-opener-policy')).toBe('unsafe-none')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('is no page of a service without a site key', async () => {
    const response = await ask('/check')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-security-policy')).not.toContain('challenges.cloudflare.com')
  })
})
