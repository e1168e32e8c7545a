import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { requiredParts } from '../../../worker/contract/parts.ts'
import {
  call,
  commit,
  create,
  declare,
  errorOf,
  goodParts,
  isolateTests,
  openSession,
  put,
  putAll,
  storedKeys,
} from '../service.ts'

const parts = await goodParts()
isolateTests()

const partKeys = async () => (await storedKeys()).filter((key) => key.startsWith('results/'))

describe('declaring', () => {
  test('tells once who owns it, and where each part goes', async () => {
    const upload = await create(parts)
    expect(upload.id).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(upload.owner).toMatch(/^own_[A-Za-z0-9_-]{43}$/)
    expect(upload.parts.map(({ name, stored, url }) => ({ name, stored, url }))).toEqual(
      requiredParts.map((name) => ({ name, stored: false, url: `/api/results/${upload.id}/parts/${name}` })),
    )
    const kept = await (await env.RESULTS.get(`uploads/${upload.id}.json`))!.text()
    expect(kept).not.toContain(upload.owner)
    expect(Date.parse(upload.deadline) - Date.parse(upload.created)).toBe(86_400_000)
  })

  test.each([
    ['a part missing', ({ 'face.glb': _, ...rest }: Record<string, unknown>) => rest],
    ['a part too many', (all: Record<string, unknown>) => ({ ...all, 'photo.png': all['preview.jpg'] })],
    [
      '16 MB and a byte',
      (all: Record<string, unknown>) => ({
        ...all,
        'texture.png': { bytes: 16 * 1024 ** 2 + 1, sha256: '0'.repeat(64) },
      }),
    ],
    [
      'no bytes',
      (all: Record<string, unknown>) => ({ ...all, 'face.glb': { bytes: 0, sha256: '0'.repeat(64) } }),
    ],
    [
      'half a hash',
      (all: Record<string, unknown>) => ({ ...all, 'face.glb': { bytes: 9, sha256: '0'.repeat(32) } }),
    ],
  ])('%s: 400, and nothing is kept', async (_, change) => {
    const { token } = await (await call('/api/session', { json: {} })).json<{ token: string }>()
    const response = await call('/api/results', { token, json: { parts: change(declare(parts)) } })
    expect(response.status).toBe(400)
    expect((await errorOf(response)).code).toBe('invalid-request')
    expect(await storedKeys()).toEqual([])
  })

  test.each([
    ['{"parts":', 400],
    [`{"parts": "${'x'.repeat(20_000)}"}`, 413],
  ])('a body like %.12s...: %i', async (body, status) => {
    const { token } = await (await call('/api/session', { json: {} })).json<{ token: string }>()
    const response = await call('/api/results', {
      token,
      body,
      headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
    })
    expect(response.status).toBe(status)
    expect((await errorOf(response)).hint).toContain('/docs')
  })
})

describe('an Idempotency-Key', () => {
  const key = 'k'.repeat(43)
  const begin = async (declared: object, token: string, idempotency = key) =>
    call('/api/results', {
      token,
      json: { parts: declared },
      headers: { 'idempotency-key': idempotency },
    })

  test('asked again, the same upload with the same owner, counted once', async () => {
    const token = await openSession()
    const answers = [await begin(declare(parts), token), await begin(declare(parts), token)]
    // Another session, as after a reload: the secret counts.
    answers.push(await begin(declare(parts), await openSession()))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    const [first, ...others] = await Promise.all(
      answers.map((answer) => answer.json<Awaited<ReturnType<typeof create>>>()),
    )
    for (const other of others) expect(other).toEqual(first)
    expect(first.owner).toMatch(/^own_[A-Za-z0-9_-]{43}$/)
    expect((await storedKeys()).map((stored) => stored.split('/')[0])).toEqual(['expiry', 'uploads'])
    const quota = env.QUOTA.get(env.QUOTA.idFromName('anonymous'))
    expect(await quota.usage(Date.now())).toEqual({ writes: 1, results: 0, bytes: 0 })
    await putAll(first, parts)
    expect((await commit(first)).status).toBe(200)
  })

  test('sent several times at once: one upload, one entry for the cron', async () => {
    const token = await openSession()
    const answers = await Promise.all([1, 2, 3, 4].map(() => begin(declare(parts), token)))
    const ids = await Promise.all(answers.map(async (answer) => (await answer.json<{ id: string }>()).id))
    expect(new Set(ids).size).toBe(1)
    expect((await storedKeys()).map((stored) => stored.split('/')[0])).toEqual(['expiry', 'uploads'])
    const quota = env.QUOTA.get(env.QUOTA.idFromName('anonymous'))
    expect((await quota.usage(Date.now())).writes).toBe(1)
  })

  test('tells neither id nor owner to who knows the other', async () => {
    const token = await openSession()
    const { id, owner } = await (await begin(declare(parts), token)).json<{ id: string; owner: string }>()
    const other = await (await begin(declare(parts), token, 'l'.repeat(43))).json<{
      id: string
      owner: string
    }>()
    expect(other.id).not.toBe(id)
    expect(owner).not.toContain(id)
    expect((await commit({ id, owner: other.owner })).status).toBe(403)
  })

  test('used for other parts, or published: 409', async () => {
    const token = await openSession()
    const upload = await (await begin(declare(parts), token)).json<Awaited<ReturnType<typeof create>>>()
    const { 'face.glb': face, ...rest } = declare(parts)
    const other = await begin({ ...rest, 'face.glb': { ...face, sha256: '0'.repeat(64) } }, token)
    expect(other.status).toBe(409)
    expect((await errorOf(other)).code).toBe('idempotency-key-used')
    await putAll(upload, parts)
    await commit(upload)
    expect((await begin(declare(parts), token)).status).toBe(409)
    expect((await call(`/api/results/${upload.id}`)).status).toBe(200)
  })

  test.each(['short', 'x'.repeat(44), 'ä'.repeat(43)])('that is no secret (%s): 400', async (idempotency) => {
    const response = await begin(declare(parts), await openSession(), encodeURI(idempotency))
    expect(response.status).toBe(400)
    expect(await storedKeys()).toEqual([])
  })
})

describe('sending a part', () => {
  test('keeps its bytes, and once only', async () => {
    const upload = await create(parts)
    for (let i = 0; i < 2; i++) expect((await put(upload, 'face.glb', parts['face.glb'])).status).toBe(204)
    const keys = await partKeys()
    expect(keys).toEqual([`results/${upload.id}/face.glb/${declare(parts)['face.glb'].sha256}`])
    const object = (await env.RESULTS.get(keys[0]))!
    expect(new Uint8Array(await object.arrayBuffer())).toEqual(parts['face.glb'])
    expect(object.httpMetadata?.contentType).toBe('model/gltf-binary')
  })

  test('of other bytes: 422 and nothing is stored', async () => {
    const upload = await create(parts)
    const other = parts['face.glb'].map((byte) => byte ^ 1)
    const response = await put(upload, 'face.glb', other)
    expect(response.status).toBe(422)
    expect(await errorOf(response)).toMatchObject({ code: 'wrong-hash', part: 'face.glb' })
    expect(await partKeys()).toEqual([])
    expect((await put(upload, 'face.glb', parts['face.glb'])).status).toBe(204)
  })

  test('with any bit changed: never stored, and never published', async () => {
    const token = await openSession()
    await putAll(await create(parts, token), parts)
    const correct = await partKeys()
    for (const name of requiredParts) {
      const { length } = parts[name]
      for (const at of [0, 1, Math.floor(length / 3), Math.floor(length / 2), length - 1]) {
        const damaged = parts[name].slice()
        damaged[at] ^= 1 << (at % 8)
        const fresh = await create(parts, token)
        expect((await put(fresh, name, damaged)).status, `${name}, byte ${at}`).toBe(422)
        expect((await commit(fresh)).status).toBe(422)
      }
    }
    expect(await partKeys()).toEqual(correct)
  }, 30_000)

  test('with another length than declared: 422', async () => {
    const upload = await create(parts)
    const response = await put(upload, 'face.glb', parts['face.glb'].slice(1))
    expect(response.status).toBe(422)
    expect(await errorOf(response)).toMatchObject({ code: 'wrong-length', part: 'face.glb' })
    expect(await partKeys()).toEqual([])
  })

  test.each([
    ['shorter', (data: Uint8Array) => [data.slice(0, 3000)]],
    ['longer', (data: Uint8Array) => [data, Uint8Array.of(0)]],
  ])('that is %s than its content-length says: 422', async (_, chunks) => {
    const upload = await create(parts)
    const body = streamOf(chunks(parts['face.glb']))
    const response = await call(`/api/results/${upload.id}/parts/face.glb`, {
      method: 'PUT',
      token: upload.owner,
      body,
      headers: { 'content-length': String(parts['face.glb'].length) },
    })
    expect(response.status).toBe(422)
    expect(await errorOf(response)).toMatchObject({ code: 'wrong-length', part: 'face.glb' })
    expect(await partKeys()).toEqual([])
  })

  test('in chunks, without a length: 411', async () => {
    const upload = await create(parts)
    const response = await call(`/api/results/${upload.id}/parts/face.glb`, {
      method: 'PUT',
      token: upload.owner,
      body: streamOf([parts['face.glb']]),
    })
    expect(response.status).toBe(411)
    expect((await errorOf(response)).hint).toContain(`content-length: ${parts['face.glb'].length}`)
    expect(await partKeys()).toEqual([])
  })

  test('that breaks off stores nothing, and can be sent again', async () => {
    const upload = await create(parts)
    let sent = false
    const body = new ReadableStream({
      pull(controller) {
        if (sent) controller.error(new Error('The connection broke.'))
        else controller.enqueue(parts['face.glb'].slice(0, 1000))
        sent = true
      },
    })
    const response = await call(`/api/results/${upload.id}/parts/face.glb`, {
      method: 'PUT',
      token: upload.owner,
      body,
      headers: { 'content-length': String(parts['face.glb'].length) },
    }).catch(() => undefined)
    expect(response?.ok ?? false).toBe(false)
    expect(await partKeys()).toEqual([])
    expect((await put(upload, 'face.glb', parts['face.glb'])).status).toBe(204)
  })

  test('that is none of a result: 404', async () => {
    const upload = await create(parts)
    const response = await put(upload, 'photo.png' as never, Uint8Array.of(1))
    expect(response.status).toBe(404)
  })
})

describe('going on', () => {
  test.each([0, 1, 2, 3, 4, 5])(
    'after %i parts: the owner sees what is there and sends the rest',
    async (count) => {
      const upload = await create(parts)
      for (const name of requiredParts.slice(0, count)) await put(upload, name, parts[name])
      const early = await commit(upload)
      expect(early.status).toBe(count === 5 ? 200 : 422)
      if (count === 5) return
      expect(await errorOf(early)).toMatchObject({ code: 'part-missing', part: requiredParts[count] })
      const state = await (await call(`/api/results/${upload.id}`, { token: upload.owner })).json<
        typeof upload
      >()
      expect(state.parts.map(({ stored }) => stored)).toEqual(requiredParts.map((_, i) => i < count))
      for (const { name, stored } of state.parts)
        if (!stored) await put(upload, name, parts[name as keyof typeof parts])
      expect((await commit(upload)).status).toBe(200)
    },
  )

  test('a part that is refused is named, declared anew, and published', async () => {
    const bad = { ...parts, 'record.json': new TextEncoder().encode('{"format":1}') }
    const upload = await create(bad)
    await putAll(upload, bad)
    const refused = await commit(upload)
    expect(refused.status).toBe(422)
    expect((await errorOf(refused)).part).toBe('record.json')
    expect((await storedKeys()).some((key) => key.startsWith('records/'))).toBe(false)
    const corrected = await call(`/api/results/${upload.id}/parts`, {
      method: 'PATCH',
      token: upload.owner,
      json: { parts: { 'record.json': declare(parts)['record.json'] } },
    })
    expect(corrected.status).toBe(200)
    await put(upload, 'record.json', parts['record.json'])
    expect((await commit(upload)).status).toBe(200)
    // The refused bytes and the sampled texture are gone.
    expect((await partKeys()).map((key) => key.split('/')[2]).sort()).toEqual([
      'face.glb',
      'preview.jpg',
      'record.json',
      'texture.png',
    ])
  })

  test('an upload is for its owner: 404 without, 403 with another token', async () => {
    const [upload, other] = [await create(parts), await create(parts)]
    expect((await call(`/api/results/${upload.id}`)).status).toBe(404)
    expect((await call(`/api/results/${upload.id}`, { token: other.owner })).status).toBe(403)
    expect((await put({ id: upload.id, owner: other.owner }, 'face.glb', parts['face.glb'])).status).toBe(403)
    expect((await commit({ id: upload.id, owner: other.owner })).status).toBe(403)
    const anonymous = await call(`/api/results/${upload.id}/commit`, { json: {} })
    expect(anonymous.status).toBe(401)
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('a deleted upload leaves nothing', async () => {
    const upload = await create(parts)
    await putAll(upload, parts)
    const response = await call(`/api/results/${upload.id}`, { method: 'DELETE', token: upload.owner })
    expect(response.status).toBe(204)
    expect(await storedKeys()).toEqual([])
  })
})

describe('two commits at once', () => {
  test('give one result, and both the same answer', async () => {
    const upload = await create(parts)
    await putAll(upload, parts)
    const answers = await Promise.all([1, 2, 3].map(() => commit(upload, { visibility: 'listed' })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const [first, ...others] = await Promise.all(answers.map((answer) => answer.json()))
    for (const other of others) expect(other).toEqual(first)
    const keys = await storedKeys()
    for (const prefix of ['records/', 'gallery/', 'expiry/']) {
      expect(keys.filter((key) => key.startsWith(prefix))).toHaveLength(1)
    }
    expect(keys.filter((key) => key.startsWith('uploads/'))).toEqual([])
  })

  test('and a published result takes no more parts', async () => {
    const upload = await create(parts)
    await putAll(upload, parts)
    await commit(upload)
    const response = await put(upload, 'face.glb', parts['face.glb'])
    expect(response.status).toBe(409)
    expect((await errorOf(response)).code).toBe('already-published')
  })
})

function streamOf(chunks: Uint8Array[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}
