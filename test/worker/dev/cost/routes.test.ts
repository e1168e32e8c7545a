import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { app } from '../../../../worker/app.ts'
import { keysObject } from '../../../../worker/auth/keys.ts'
import { type Operations, type RouteCost, routeCosts } from '../../../../worker/dev/cost/routes.ts'
import { limits } from '../../../../worker/limits.ts'
import { payerOf, takeQuota } from '../../../../worker/metering/take-quota.ts'
import {
  commit,
  create,
  declare,
  goodParts,
  isolateTests,
  newAddress,
  openSession,
  origin,
  partsWithPhoto,
  presentAddress,
  publish,
  putAll,
} from '../../service.ts'

// The bill of an attack (npm run cost -- --attack) is no better than its table of routes.

const parts = await goodParts()
const withPhoto = await partsWithPhoto()
isolateTests()
vi.setConfig({ testTimeout: 30_000 })

test('every route of the app stands in the table, and none that there is not', () => {
  // What ends in /* is middleware, but for the client's own files.
  const all = app.routes.map(({ method, path }) => `${method} ${path}`)
  const ends = all.filter((route) => route === 'ALL /*' || !route.endsWith('/*'))
  const told = routeCosts.flatMap(({ routes }) => routes)
  expect([...new Set(told)].sort()).toEqual([...new Set(ends)].sort())
})

const kinds: Readonly<Record<string, 'classA' | 'classB'>> = {
  put: 'classA',
  list: 'classA',
  get: 'classB',
  head: 'classB',
}

interface Sent {
  method?: string
  path: string
  token?: string
  json?: unknown
  data?: Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

/** What a request uses. */
async function usedBy({ method, path, token, json, data, headers }: Sent) {
  const used = { classA: 0, classB: 0, objectCalls: 0 }
  const bucket = (target: R2Bucket) =>
    new Proxy(target, {
      get(of, name) {
        const value = Reflect.get(of, name) as unknown
        if (typeof value !== 'function') return value
        return (...args: unknown[]) => {
          // The keys are read once a minute, however many ask.
          const kind = args[0] === keysObject ? undefined : kinds[String(name)]
          if (kind) used[kind]++
          return value.apply(of, args)
        }
      },
    })
  const quota = {
    idFromName: (name: string) => env.QUOTA.idFromName(name),
    get: (id: DurableObjectId) => {
      const one = env.QUOTA.get(id)
      const call = <T>(answer: T): T => {
        used.objectCalls++
        return answer
      }
      return {
        take: (...args: Parameters<typeof one.take>) => call(one.take(...args)),
        giveBack: (...args: Parameters<typeof one.giveBack>) => call(one.giveBack(...args)),
      }
    },
  }
  const context = createExecutionContext()
  const response = await app.request(
    origin + path,
    {
      method: method ?? 'GET',
      body: data ?? (json === undefined ? undefined : JSON.stringify(json)),
      headers: {
        'cf-connecting-ip': presentAddress(),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(data && { 'content-length': String(data.length) }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    },
    { ...env, RESULTS: bucket(env.RESULTS), MODELS: bucket(env.MODELS), QUOTA: quota },
    context,
  )
  await response.arrayBuffer()
  await waitOnExecutionContext(context)
  return { used, status: response.status }
}

function rowOf(route: string, when?: string): RouteCost {
  const row = routeCosts.find((one) => one.routes.includes(route) && one.when === when)
  if (!row) throw new Error(`The table has no ${route}.`)
  return row
}

function expectWithin(used: Awaited<ReturnType<typeof usedBy>>['used'], told: Operations): void {
  const { classA = 0, classB = 0, objectCalls = 0 } = told
  expect(used.classA).toBeLessThanOrEqual(classA)
  expect(used.classB).toBeLessThanOrEqual(classB)
  expect(used.objectCalls).toBeLessThanOrEqual(objectCalls)
}

type Owned = { id: string; owner: string }
const nobody = 'AAAAAAAAAAAAAAAAAAAAAA'
const begin = async (key?: string): Promise<Sent> => ({
  method: 'POST',
  path: '/api/results',
  token: await openSession(),
  json: { parts: declare(parts) },
  headers: key ? { 'idempotency-key': key } : {},
})
const send = (upload: Owned, data = parts['face.glb']): Sent => ({
  method: 'PUT',
  path: `/api/results/${upload.id}/parts/face.glb`,
  token: upload.owner,
  data,
})
const declareAnew = ({ id, owner }: Owned): Sent => ({
  method: 'PATCH',
  path: `/api/results/${id}/parts`,
  token: owner,
  json: { parts: { 'photo.jpg': null } },
})
const publishIt = ({ id, owner }: Owned): Sent => ({
  method: 'POST',
  path: `/api/results/${id}/commit`,
  token: owner,
  json: { visibility: 'listed' },
})
const change = ({ id, owner }: Owned, json: object): Sent => ({
  method: 'PATCH',
  path: `/api/results/${id}`,
  token: owner,
  json,
})
const remove = ({ id, owner }: Owned): Sent => ({
  method: 'DELETE',
  path: `/api/results/${id}`,
  token: owner,
})

const uploaded = async (all = parts): Promise<Owned> => {
  const upload = await create(all)
  await putAll(upload, all)
  return upload
}

const cases: [route: string, name: string, prepare: () => Promise<Sent>, when?: string][] = [
  ['GET /r/:id', 'a result', async () => ({ path: `/r/${(await publish(parts)).id}` })],
  ['GET /r/:id', 'none', async () => ({ path: `/r/${nobody}` })],
  ['GET /models/manifest.json', 'none', async () => ({ path: '/models/manifest.json' })],
  [
    'GET /models/:hash{[0-9a-f]{16}}/:file{[A-Za-z0-9._-]+}',
    'none',
    async () => ({ path: '/models/0123456789abcdef/a', headers: { 'accept-encoding': 'br, gzip' } }),
  ],
  ['GET /api/results/:id', 'a result', async () => ({ path: `/api/results/${(await publish(parts)).id}` })],
  ['GET /api/results/:id', 'none', async () => ({ path: `/api/results/${nobody}` })],
  ['GET /api/results/:id', 'an upload', async () => ({ path: `/api/results/${(await create(parts)).id}` })],
  [
    'GET /api/results/:id',
    'an upload of the own',
    async () => {
      const { id, owner } = await create(parts)
      return { path: `/api/results/${id}`, token: owner }
    },
    'an upload, with its owner token',
  ],
  ...([{}, { range: 'bytes=1-2' }] as Record<string, string>[]).map((headers): (typeof cases)[number] => [
    'GET /api/results/:id/parts/:name',
    JSON.stringify(headers),
    async () => ({ path: `/api/results/${(await publish(parts)).id}/parts/face.glb`, headers }),
  ]),
  ...['/gallery', '/api/gallery'].map((path): (typeof cases)[number] => [
    `GET ${path}`,
    'an older page',
    async () => ({ path: `${path}?cursor=8200000000000-${nobody}` }),
    'older pages, which are listed anew',
  ]),
  ['GET /api/config', 'asked', async () => ({ path: '/api/config' })],
  ['POST /api/session', 'opened', async () => ({ method: 'POST', path: '/api/session', json: {} })],
  ['POST /api/results', 'begun', () => begin()],
  ['POST /api/results', 'begun with a key', () => begin('k'.repeat(43))],
  ['PATCH /api/results/:id/parts', 'a photo taken back', async () => declareAnew(await uploaded(withPhoto))],
  ['PUT /api/results/:id/parts/:name', 'a part', async () => send(await create(parts))],
  [
    'PUT /api/results/:id/parts/:name',
    'other bytes',
    async () =>
      send(
        await create(parts),
        parts['face.glb'].map((byte) => byte ^ 1),
      ),
  ],
  ['POST /api/results/:id/commit', 'published', async () => publishIt(await uploaded(withPhoto))],
  ['POST /api/results/:id/commit', 'parts missing', async () => publishIt(await create(parts))],
  [
    'PATCH /api/results/:id',
    'listed and extended',
    async () => change(await publish(parts), { visibility: 'listed', days: 30 }),
  ],
  [
    'PATCH /api/results/:id',
    'hidden',
    async () => change(await publish(parts, { visibility: 'listed' }), { visibility: 'unlisted' }),
  ],
  ['DELETE /api/results/:id', 'a result', async () => remove(await publish(parts, { visibility: 'listed' }))],
  ['DELETE /api/results/:id', 'an upload', async () => remove(await uploaded())],
  [
    'POST /api/results/:id/report',
    'reported',
    async () => ({
      method: 'POST',
      path: `/api/results/${(await publish(parts)).id}/report`,
      token: await openSession(),
      json: { reason: 'other' },
    }),
  ],
  ['GET /api/admin/reports', 'guessed', async () => ({ path: '/api/admin/reports', token: 'guess' })],
  ['GET /docs', 'read', async () => ({ path: '/docs' })],
  ['GET /how', 'read', async () => ({ path: '/how' })],
]

test.each(cases)('%s, %s: no more than is told', async (route, _, prepare, when) => {
  const request = await prepare()
  const { used, status } = await usedBy(request)
  expect(status).toBeLessThan(500)
  expectWithin(used, rowOf(route, when).use)
})

describe('with the share of the network used up', () => {
  const useUp = async () => {
    const payer = await payerOf({ req: { header: presentAddress }, env } as never, undefined)
    await takeQuota(env, payer, { take: { ...limits.dailyShare } })
  }

  test.each<[string, () => Promise<Sent>]>([
    ['POST /api/results', () => begin()],
    ['PATCH /api/results/:id/parts', async () => declareAnew(await create(withPhoto))],
    ['PUT /api/results/:id/parts/:name', async () => send(await create(parts))],
    ['POST /api/results/:id/commit', async () => publishIt(await uploaded())],
  ])('%s is refused, and costs no more than is told', async (route, prepare) => {
    newAddress()
    const request = await prepare()
    newAddress()
    await useUp()
    const { used, status } = await usedBy(request)
    expect(status).toBe(429)
    expectWithin(used, rowOf(route).whenShareIsUsedUp!)
  })

  test('a part that is there already, and a result that is published, are no cheaper way around', async () => {
    const upload = await uploaded()
    newAddress()
    await useUp()
    const again = await usedBy(send(upload))
    expect(again.status).toBe(204)
    expectWithin(again.used, rowOf('PUT /api/results/:id/parts/:name').whenShareIsUsedUp!)
    newAddress()
    await commit(upload)
    const committed = await usedBy(publishIt(upload))
    expect(committed.status).toBe(200)
    expectWithin(committed.used, rowOf('POST /api/results/:id/commit').whenShareIsUsedUp!)
  })
})
