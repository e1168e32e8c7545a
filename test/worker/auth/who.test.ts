import { reset } from 'cloudflare:test'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../../worker/limits.ts'
import { adminToken, call, create, errorOf, goodParts, newAddress, openSession, publish } from '../service.ts'

// Who asks is settled before what is asked: for every route that the API describes, so that a new one cannot be forgotten.

interface Operation {
  security?: Record<string, unknown>[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, unknown>
}
const { paths } = await (await call('/openapi.json')).json<{
  paths: Record<string, Record<string, Operation>>
}>()
const routes = Object.entries(paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    ...{ path, method: method.toUpperCase(), operation },
    who: Object.keys(operation.security?.[0] ?? {})[0] as 'session' | 'owner' | 'admin' | undefined,
    takesJson: Boolean(operation.requestBody?.content['application/json']),
  })),
)
const guarded = routes.filter(({ who }) => who)

const parts = await goodParts()
newAddress()
const pending = await create(parts)
const published = await publish(parts)
const nobody = 'AAAAAAAAAAAAAAAAAAAAAA'
afterAll(() => reset())
beforeEach(() => void newAddress())

/** A route's addresses: for what is there and what is not, and for what is no id at all. */
function addresses(path: string, ids: readonly string[]): string[] {
  const names = path.includes('{name}') ? ['face.glb', 'nothing.exe'] : ['']
  return ids.flatMap((id) =>
    names.map((name) => path.replace('{id}', id).replace('{name}', name).replace('{report}', 'none')),
  )
}
const everyId = [pending.id, published.id, nobody, 'short', '%00']

const json = 'application/json'
const bodies: [string, { body?: string; headers?: Record<string, string> }][] = [
  ['nothing', {}],
  ['an empty object', { body: '{}', headers: { 'content-type': json } }],
  ['no JSON', { body: '{"parts":', headers: { 'content-type': json } }],
  ['other fields', { body: '{"a":1}', headers: { 'content-type': json } }],
  ['text', { body: 'hello', headers: { 'content-type': 'text/plain' } }],
  ['far too much', { body: 'x'.repeat(40 * limits.jsonBytes), headers: { 'content-type': json } }],
  ['a bad header', { body: '{}', headers: { 'content-type': json, 'idempotency-key': 'short' } }],
]

test('what changes something wants to know who asks, but for opening a session', () => {
  const open = routes.filter(({ method, who }) => method !== 'GET' && !who).map(({ name }) => name)
  expect(open).toEqual(['POST /api/session'])
  for (const { operation } of guarded) expect(Object.keys(operation.responses)).toContain('401')
  for (const { operation } of routes.filter(({ takesJson }) => takesJson))
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '413', '415']))
})

describe.each(guarded)('$name', ({ path, method, who, takesJson }) => {
  const ask = async (address: string, token: string | undefined, sent: (typeof bodies)[number][1]) => {
    newAddress()
    return call(address, { method, token, ...(method === 'GET' ? {} : sent) })
  }

  test.each(bodies)('without a token, with %s: 401, whatever the address', async (_, sent) => {
    for (const address of addresses(path, everyId)) {
      const response = await ask(address, undefined, sent)
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect((await errorOf(response)).code).toBe('no-token')
    }
  })

  test.each(bodies)('with a token that is none, with %s: 401, whatever the address', async (_, sent) => {
    for (const address of addresses(path, everyId))
      expect((await ask(address, 'guessed', sent)).status).toBe(401)
  })

  test.runIf(who === 'owner')('with the token of another: 403 before a look at the rest', async () => {
    for (const [, sent] of bodies) {
      for (const [id, other] of [
        [pending.id, published.owner],
        [published.id, pending.owner],
      ])
        for (const address of addresses(path, [id]))
          expect((await ask(address, other, sent)).status).toBe(403)
      for (const address of addresses(path, [nobody, 'short']))
        expect((await ask(address, pending.owner, sent)).status).toBe(404)
    }
  })

  test.runIf(takesJson)('with a good token: what does not fit is said', async () => {
    const tokens = { session: openSession, owner: () => pending.owner, admin: () => adminToken }
    const token = await tokens[who!]()
    const [address] = addresses(path, [pending.id])
    const statuses = new Map<string, number>()
    for (const [name, sent] of bodies) statuses.set(name, (await ask(address, token, sent)).status)
    expect(Object.fromEntries(statuses)).toMatchObject({
      'no JSON': 400,
      'other fields': 400,
      text: 415,
      'far too much': 413,
    })
  })
})

test('a stranger cannot use up the commits of an upload', async () => {
  const { limit } = limits.rates.RATE_STRICT
  const path = `/api/results/${pending.id}/commit`
  for (let i = 0; i <= limit; i++) {
    newAddress()
    expect((await call(path, { token: published.owner, json: {} })).status).toBe(403)
  }
  expect((await call(path, { token: pending.owner, json: {} })).status).toBe(422)
})
