import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'

// The built client is there only after a build; what holds without it is tested here, the rest in test/e2e.
const isolated = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

test.each(['/', '/nowhere', '/api/health', '/api/nowhere', '/models/manifest.json', '/models/nowhere'])(
  '%s carries the security headers',
  async (path) => {
    const { headers } = await exports.default.fetch(`http://localhost${path}`)
    expect(Object.fromEntries(headers)).toMatchObject(isolated)
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=31536000/)
    expect(headers.get('permissions-policy')).toContain('camera=(self)')
    const policy = headers.get('content-security-policy')!
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(policy).not.toContain('unsafe-inline')
    expect(policy).not.toContain("'unsafe-eval'")
  },
)

test('an address that leads nowhere gets a sentence', async () => {
  const response = await exports.default.fetch('http://localhost/nowhere')
  expect(response.status).toBe(404)
  expect(await response.json()).toEqual({
    error: {
      code: 'not-found',
      message: 'There is nothing at /nowhere.',
      hint: 'Check the address, or start at /.',
    },
  })
})

test('the page is read only', async () => {
  const response = await exports.default.fetch('http://localhost/', { method: 'POST' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD')
})
