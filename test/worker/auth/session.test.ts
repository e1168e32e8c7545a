import { env } from 'cloudflare:workers'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { app } from '../../../worker/app.ts'
import { newSession, signSession } from '../../../worker/auth/session.ts'
import { scopes } from '../../../worker/contract/contract.ts'
import { call, declare, errorOf, goodParts, isolateTests, openSession, origin } from '../service.ts'

const parts = await goodParts()
isolateTests()

const now = () => Math.floor(Date.now() / 1000)
const base64url = (text: string) => btoa(text).replaceAll('=', '')
const declareWith = (token: string | undefined, headers: Record<string, string> = {}) =>
  call('/api/results', { token, json: { parts: declare(parts) }, headers })

/** The header and the claims of a token, to make others like it. */
async function claimsOf(token: string) {
  const [header, claims] = token.split('.').map((part) => part.replaceAll('-', '+').replaceAll('_', '/'))
  return { header: JSON.parse(atob(header ?? '')), claims: JSON.parse(atob(claims ?? '')) }
}

async function forge(
  changes: object,
  secret = env.SESSION_SECRET!,
  headerChanges: object = {},
): Promise<string> {
  const { header, claims } = await claimsOf(await openSession())
  const { exp: _, ...rest } = claims
  return new SignJWT({ ...rest, exp: claims.exp, ...changes })
    .setProtectedHeader({ ...header, ...headerChanges })
    .sign(new TextEncoder().encode(secret))
}

describe('a session', () => {
  test('lasts a quarter of an hour and says nothing of the visitor', async () => {
    const response = await call('/api/session', { json: {} })
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { token, expiresIn, scope } = await response.json<{
      token: string
      expiresIn: number
      scope: string[]
    }>()
    expect({ expiresIn, scope }).toEqual({ expiresIn: 900, scope: [...scopes] })
    const { header, claims } = await claimsOf(token)
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid: expect.stringMatching(/^[0-9a-f]{8}$/) })
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'scope', 'sub'])
    expect(claims.exp - claims.iat).toBe(900)
    expect(claims.aud).toBe(origin)
    expect((await declareWith(token)).status).toBe(201)
  })

  test('that was signed as forged below, but truly, is good', async () => {
    expect((await declareWith(await forge({}))).status).toBe(201)
  })

  test.each<[string, () => Promise<string>]>([
    ['another secret', () => forge({}, 'another-secret-of-the-same-length-0123456789')],
    ['no secret', () => forge({}, '', {}).catch(() => 'e30.e30.')],
    ['no algorithm', async () => `${base64url('{"alg":"none"}')}.${(await openSession()).split('.')[1]}.`],
    ['another service', () => forge({ aud: 'https://elsewhere.example' })],
    ['no service', () => forge({ aud: undefined })],
    ['another issuer', () => forge({ iss: 'someone' })],
    ['no end', () => forge({ exp: undefined })],
    ['an unknown secret by name', () => forge({}, env.SESSION_SECRET!, { kid: '00000000' })],
    ['no secret by name', () => forge({}, env.SESSION_SECRET!, { kid: undefined })],
    [
      'changed claims',
      async () => {
        const [header, , signature] = (await openSession()).split('.')
        return `${header}.${base64url(JSON.stringify({ sub: 'x', exp: now() + 9999, aud: origin }))}.${signature}`
      },
    ],
    ['nonsense', async () => 'nonsense'],
    ['an owner token', async () => `own_${'A'.repeat(43)}`],
  ])('with %s: 401', async (_, make) => {
    const response = await declareWith(await make())
    expect(response.status).toBe(401)
    expect((await errorOf(response)).code).toBe('bad-session')
  })

  test('that has ended: 401', async () => {
    const response = await declareWith(await forge({ exp: now() - 31, iat: now() - 931 }))
    expect(response.status).toBe(401)
    expect((await errorOf(response)).code).toBe('session-expired')
  })

  test('that is missing: 401', async () => {
    const response = await declareWith(undefined)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('for something else: 403', async () => {
    const response = await declareWith(await openSession({ scope: ['results:report'] }))
    expect(response.status).toBe(403)
    expect((await errorOf(response)).code).toBe('wrong-scope')
  })

  test("of one page is not another's: replayed from elsewhere it is refused", async () => {
    const token = await openSession({}, { origin })
    expect((await declareWith(token, { origin })).status).toBe(201)
    const foreign = await declareWith(token, { origin: 'https://evil.example' })
    expect(foreign.status).toBe(403)
    const absent = await declareWith(token)
    expect(absent.status).toBe(403)
    expect((await errorOf(absent)).code).toBe('wrong-origin')
  })

  test('of the secret before stays good while the secret changes, and no longer', async () => {
    const before = { session: env.SESSION_SECRET_PREVIOUS!, admin: env.ADMIN_TOKEN! }
    const token = await signSession(newSession(scopes), origin, before)
    expect((await declareWith(token)).status).toBe(201)
    const request = new Request(`${origin}/api/results`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ parts: declare(parts) }),
    })
    const changed = await app.request(request, {}, { ...env, SESSION_SECRET_PREVIOUS: undefined })
    expect(changed.status).toBe(401)
  })

  test('for a scope that does not exist: 400', async () => {
    expect((await call('/api/session', { json: { scope: ['admin'] } })).status).toBe(400)
  })
})

describe('without secrets of its own', () => {
  const local = { SESSION_SECRET: env.SESSION_SECRET, ADMIN_TOKEN: env.ADMIN_TOKEN }
  test.each([
    [
      'none',
      'production',
      { SESSION_SECRET: undefined, ADMIN_TOKEN: undefined },
      'SESSION_SECRET and ADMIN_TOKEN',
    ],
    ['a short one', 'production', { SESSION_SECRET: 's'.repeat(40), ADMIN_TOKEN: 'short' }, 'ADMIN_TOKEN'],
    ['those of local development', 'production', local, 'SESSION_SECRET and ADMIN_TOKEN'],
    ['none, locally', 'development', { ...local, SESSION_SECRET: '' }, 'SESSION_SECRET'],
  ] as const)('(%s) every write answers 503 with a sentence', async (_, ENVIRONMENT, secrets, named) => {
    const unset = { ...env, ENVIRONMENT, ...secrets }
    for (const [method, path] of [
      ['POST', '/api/session'],
      ['POST', '/api/results'],
      ['PUT', '/api/results/AAAAAAAAAAAAAAAAAAAAAA/parts/face.glb'],
      ['PATCH', '/api/results/AAAAAAAAAAAAAAAAAAAAAA'],
      ['DELETE', '/api/results/AAAAAAAAAAAAAAAAAAAAAA'],
      ['POST', '/api/admin/results/AAAAAAAAAAAAAAAAAAAAAA/take-down'],
    ]) {
      const response = await app.request(origin + path, { method }, unset)
      expect(response.status).toBe(503)
      const { error } = await response.json<{ error: { code: string; message: string; hint: string } }>()
      expect(error.code).toBe('not-configured')
      expect(error.message).toContain(`takes no uploads yet: ${named} must be set`)
      expect(error.hint).toContain('wrangler secret put')
    }
    expect((await app.request(`${origin}/api/gallery`, {}, unset, context())).status).toBe(200)
  })
})

describe('with Turnstile', () => {
  const withTurnstile = { ...env, TURNSTILE_SECRET: 'turnstile-secret' }
  const open = (turnstile?: string) =>
    app.request(
      `${origin}/api/session`,
      {
        method: 'POST',
        body: JSON.stringify({ turnstile }),
        headers: { 'content-type': 'application/json' },
      },
      withTurnstile,
    )

  test('a token is good once', async () => {
    expect((await open('good-1')).status).toBe(200)
    const again = await open('good-1')
    expect(again.status).toBe(403)
    expect((await errorOf(again)).code).toBe('turnstile-refused')
  })

  test.each([
    ['none', undefined, 'turnstile-missing'],
    ['a bad one', 'bad', 'turnstile-refused'],
  ])('%s: 403', async (_, token, code) => {
    const response = await open(token)
    expect(response.status).toBe(403)
    expect((await errorOf(response)).code).toBe(code)
  })
})

function context(): ExecutionContext {
  return { waitUntil: () => {}, passThroughOnException: () => {} } as unknown as ExecutionContext
}
