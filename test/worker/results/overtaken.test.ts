import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { app } from '../../../worker/app.ts'
import type { PartName } from '../../../worker/contract/parts.ts'
import {
  adminToken,
  call,
  commit,
  create,
  errorOf,
  goodParts,
  isolateTests,
  openSession,
  origin,
  partsWithPhoto,
  publish,
  put,
  putAll,
  storedKeys,
} from '../service.ts'

// What is on its way is overtaken by the end of what it belongs to: nothing of it stays.

const parts = await goodParts()
const withPhoto = await partsWithPhoto()
isolateTests()
vi.setConfig({ testTimeout: 30_000 })

type Owned = { id: string; owner: string }

/** Sends all of a part but its end, and the end when it is told to. */
function slowly({ id, owner }: Owned, name: PartName, data: Uint8Array<ArrayBuffer>) {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const half = data.length >> 1
  const answer = call(`/api/results/${id}/parts/${name}`, {
    method: 'PUT',
    token: owner,
    body: readable,
    headers: { 'content-length': String(data.length) },
  })
  return {
    /** The bucket reads: the request has been let in. */
    begun: writer.write(data.slice(0, half)),
    finish: async () => {
      await writer.write(data.slice(half))
      await writer.close()
      return answer
    },
  }
}

const remove = ({ id, owner }: Owned) => call(`/api/results/${id}`, { method: 'DELETE', token: owner })
const takeBackPhoto = ({ id, owner }: Owned) =>
  call(`/api/results/${id}/parts`, { method: 'PATCH', token: owner, json: { parts: { 'photo.jpg': null } } })
const takeDown = ({ id }: Owned) =>
  call(`/api/admin/results/${id}/take-down`, { token: adminToken, json: { reason: 'consent' } })

const { 'photo.jpg': photo, ...others } = withPhoto
const usedBytes = async () => (await env.QUOTA.get(env.QUOTA.idFromName('anonymous')).usage(Date.now())).bytes
const bytesOf = (all: object) => Object.values(all).reduce((sum, { length }) => sum + length, 0)

describe('a part on its way', () => {
  test('when its upload is deleted', async () => {
    const upload = await create(withPhoto)
    const sending = slowly(upload, 'photo.jpg', photo)
    await sending.begun
    expect((await remove(upload)).status).toBe(204)
    expect((await sending.finish()).status).toBe(404)
    expect(await storedKeys()).toEqual([])
    expect(await usedBytes()).toBe(0)
  })

  test('when it is taken back', async () => {
    const upload = await create(withPhoto)
    await putAll(upload, others)
    const sending = slowly(upload, 'photo.jpg', photo)
    await sending.begun
    expect((await takeBackPhoto(upload)).status).toBe(200)
    const response = await sending.finish()
    expect(response.status).toBe(422)
    expect(await errorOf(response)).toMatchObject({ code: 'not-declared', part: 'photo.jpg' })
    expect((await storedKeys()).filter((key) => key.includes('photo'))).toEqual([])
    expect(await usedBytes()).toBe(bytesOf(others))
    expect((await commit(upload)).status).toBe(200)
  })

  test('when it is taken back and the rest is published', async () => {
    const upload = await create(withPhoto)
    await putAll(upload, others)
    const sending = slowly(upload, 'photo.jpg', photo)
    await sending.begun
    await takeBackPhoto(upload)
    expect((await commit(upload)).status).toBe(200)
    expect((await sending.finish()).status).toBe(409)
    expect((await storedKeys()).filter((key) => key.includes('photo'))).toEqual([])
  })

  test.each([
    ['deleted', remove, 404],
    ['taken down', takeDown, 410],
  ])('when it is published meanwhile, and %s', async (_, end, status) => {
    const upload = await create(withPhoto)
    await putAll(upload, others)
    const sending = slowly(upload, 'photo.jpg', photo)
    await sending.begun
    await put(upload, 'photo.jpg', photo)
    expect((await commit(upload)).status).toBe(200)
    expect((await end(upload)).status).toBe(204)
    expect((await sending.finish()).status).toBe(status)
    expect((await storedKeys()).filter((key) => !key.startsWith('records/'))).toEqual([])
  })

  test('when it is published meanwhile: the same bytes stay', async () => {
    const upload = await create(withPhoto)
    await putAll(upload, others)
    const sending = slowly(upload, 'photo.jpg', photo)
    await sending.begun
    await put(upload, 'photo.jpg', photo)
    await commit(upload)
    expect((await sending.finish()).status).toBe(204)
    const served = await call(`/api/results/${upload.id}/parts/photo.jpg`)
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(photo)
  })

  test('for the checks alone, when it is published meanwhile', async () => {
    const upload = await create(parts)
    await putAll(upload, parts)
    const again = slowly(await create(parts), 'sampled.png', parts['sampled.png'])
    await again.begun
    expect((await again.finish()).status).toBe(204)
    expect((await commit(upload)).status).toBe(200)
    expect((await storedKeys()).filter((key) => key.includes(`${upload.id}/sampled`))).toEqual([])
  })
})

test('a part that is declared anew goes at once', async () => {
  const upload = await create(parts)
  await putAll(upload, parts)
  const json = { parts: { 'face.glb': { bytes: 3, sha256: '0'.repeat(64) } } }
  await call(`/api/results/${upload.id}/parts`, { method: 'PATCH', token: upload.owner, json })
  expect((await storedKeys()).filter((key) => key.includes('face.glb'))).toEqual([])
})

/**
 * The bucket, which does something else at the moment before its first call of a kind for a key, or after it.
 *
 * @param call e.g. `put records/`
 */
function interrupted(
  call: string,
  meanwhile: () => Promise<unknown>,
  when: 'before' | 'after' = 'before',
): R2Bucket {
  let waiting = true
  return new Proxy(env.RESULTS, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      return async (...args: unknown[]) => {
        if (waiting && `${String(name)} ${JSON.stringify(args[0])}`.replaceAll('"', '').startsWith(call)) {
          waiting = false
          const answer = when === 'after' && (await value.apply(target, args))
          await meanwhile()
          if (when === 'after') return answer
        }
        return value.apply(target, args)
      }
    },
  })
}

/** A request that something gets in the way of. */
async function askWhile(
  at: string,
  meanwhile: () => Promise<unknown>,
  { path, method = 'POST', token, json }: { path: string; method?: string; token: string; json?: object },
): Promise<Response> {
  const context = createExecutionContext()
  const response = await app.request(
    origin + path,
    {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: json && JSON.stringify(json),
    },
    { ...env, RESULTS: interrupted(at, meanwhile) },
    context,
  )
  await waitOnExecutionContext(context)
  return response
}

async function readWhile(
  at: string,
  meanwhile: () => Promise<unknown>,
  path: string,
  when: 'before' | 'after' = 'before',
): Promise<Response> {
  const context = createExecutionContext()
  const bucket = interrupted(at, meanwhile, when)
  const response = await app.request(origin + path, {}, { ...env, RESULTS: bucket }, context)
  const answer = new Response(await response.arrayBuffer(), response)
  await waitOnExecutionContext(context)
  return answer
}

const commitWhile = ({ id, owner }: Owned, at: string, meanwhile: () => Promise<unknown>) =>
  askWhile(at, meanwhile, {
    path: `/api/results/${id}/commit`,
    token: owner,
    json: { visibility: 'listed' },
  })

/** Each step of a commit after it has read the parts. */
const steps = ['put expiry/', 'put records/', 'head uploads/', 'put gallery/', 'delete [expiry/']

describe.each(steps)('a commit, before its step "%s"', (step) => {
  test('is overtaken by a deletion: nothing is left', async () => {
    const upload = await create(withPhoto)
    await putAll(upload, withPhoto)
    let deleted: Response | undefined
    const response = await commitWhile(upload, step, async () => {
      deleted = await remove(upload)
    })
    expect(deleted?.status).toBe(204)
    expect([200, 404]).toContain(response.status)
    expect((await call(`/api/results/${upload.id}`)).status).toBe(404)
    expect(await storedKeys()).toEqual([])
  })

  test('is overtaken by another commit: one result, and both say so', async () => {
    const upload = await create(parts)
    await putAll(upload, parts)
    let other: Response | undefined
    const response = await commitWhile(upload, step, async () => {
      other = await commit(upload, { visibility: 'listed' })
    })
    expect(other?.status).toBe(200)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(await other?.json())
    const folders = (await storedKeys()).map((key) => key.split('/')[0]).sort()
    expect(folders).toEqual(['expiry', 'gallery', 'records', 'results', 'results', 'results', 'results'])
  })

  test('is overtaken by a photo that is taken back: it is not published', async () => {
    const upload = await create(withPhoto)
    await putAll(upload, withPhoto)
    let corrected: Response | undefined
    const response = await commitWhile(upload, step, async () => {
      corrected = await takeBackPhoto(upload)
    })
    if (corrected?.status === 200) {
      expect(response.status).toBe(409)
      expect((await storedKeys()).filter((key) => key.includes('photo'))).toEqual([])
      expect((await call(`/api/results/${upload.id}`)).status).toBe(404)
      expect((await commit(upload)).status).toBe(200)
      expect((await call(`/api/results/${upload.id}/parts/photo.jpg`)).status).toBe(404)
    } else {
      // Too late, and that was said; where both saw each other, both say so, and neither counts the photo as public.
      expect(corrected?.status).toBe(409)
      const { status } = await call(`/api/results/${upload.id}/parts/photo.jpg`)
      expect(status).toBe(response.status === 200 ? 200 : 404)
    }
  })
})

test.each(['list {prefix:results/', 'delete uploads/', 'get records/', 'delete expiry/'])(
  'a deletion, before its step "%s", is overtaken by a part that arrives whole: nothing is left',
  async (step) => {
    const upload = await create(withPhoto)
    let sent: Response | undefined
    const response = await askWhile(
      step,
      async () => {
        sent = await put(upload, 'photo.jpg', photo)
      },
      { path: `/api/results/${upload.id}`, method: 'DELETE', token: upload.owner },
    )
    expect(response.status).toBe(204)
    expect([204, 404]).toContain(sent?.status)
    expect(await storedKeys()).toEqual([])
  },
)

describe('extensions at once', () => {
  const extend = ({ id, owner }: Owned, days: number) =>
    call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { days } })

  test('leave one entry, that of the record', async () => {
    const result = await publish(parts)
    const answers = await Promise.all([30, 60, 120, 200].map((days) => extend(result, days)))
    expect(answers.some(({ status }) => status === 200)).toBe(true)
    const { expires } = await (await call(`/api/results/${result.id}`)).json<{ expires: string }>()
    const entries = (await storedKeys()).filter((key) => key.startsWith('expiry/'))
    expect(entries).toEqual([`expiry/${expires}/${result.id}`])
  })

  test('with a deletion leave nothing', async () => {
    const result = await publish(parts, { visibility: 'listed' })
    await Promise.all([extend(result, 30), remove(result), extend(result, 60), remove(result)])
    expect(await storedKeys()).toEqual([])
  })
})

test('a report that is written while its result goes', async () => {
  const result = await publish(parts)
  const token = await openSession()
  const response = await askWhile('put reports/', () => remove(result), {
    path: `/api/results/${result.id}/report`,
    token,
    json: { reason: 'other', text: 'My name' },
  })
  expect(response.status).toBe(204)
  expect(await storedKeys()).toEqual([])
})

describe('a cache', () => {
  const cache = () => (caches as unknown as { default: Cache }).default

  test('keeps no part of a result that goes while it is read', async () => {
    const result = await publish(withPhoto)
    const path = `/api/results/${result.id}/parts/photo.jpg`
    const response = await readWhile('get results/', () => remove(result), path, 'after')
    await response.arrayBuffer()
    expect(await cache().match(origin + path)).toBeUndefined()
  })

  test.each(['/gallery', '/api/gallery'])(
    'keeps no %s that names what goes while it is written',
    async (path) => {
      const result = await publish(parts, { visibility: 'listed', title: 'Going' })
      // After the entries have been listed, and before the page is kept.
      const response = await readWhile('list {prefix:gallery/', () => remove(result), path, 'after')
      expect(await response.text()).toContain('Going')
      expect(await (await call(path)).text()).not.toContain('Going')
    },
  )
})
