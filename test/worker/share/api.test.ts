import { exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Ownership, type ShareError, shareResult } from '../../../client/share/api.ts'
import { requiredParts } from '../../../worker/contract/parts.ts'
import { call, goodParts, isolateTests, newAddress, origin, storedKeys } from '../service.ts'

const parts = await goodParts()
isolateTests()
let address: string
beforeEach(() => {
  address = newAddress()
})

/** Reaches the worker, but for requests that `fails` says are lost: before they arrive, or their answer. */
function connection(fails: (count: number, url: string) => 'lost' | 'unanswered' | false = () => false) {
  const asked: string[] = []
  const connect = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input as string, init)
    request.headers.set('cf-connecting-ip', address)
    // Over HTTP the length comes from the body.
    const { body } = init ?? {}
    if (body instanceof Uint8Array) request.headers.set('content-length', String(body.length))
    asked.push(`${request.method} ${new URL(request.url).pathname}`)
    const failure = fails(asked.length, request.url)
    if (failure === 'lost') throw new TypeError('Failed to fetch')
    const response = await exports.default.fetch(request)
    if (failure) throw new TypeError('Failed to fetch')
    return response
  }
  return { fetch: connect as typeof fetch, asked }
}

describe('sharing', () => {
  test('opens, declares, sends and publishes', async () => {
    const { fetch, asked } = connection()
    const progress: number[] = []
    const { result, ownership } = await shareResult(parts, {
      origin,
      fetch,
      title: 'Astronaut',
      visibility: 'listed',
      onProgress: (share) => progress.push(share),
    })
    expect(result).toMatchObject({
      state: 'published',
      title: 'Astronaut',
      visibility: 'listed',
      id: ownership.id,
    })
    expect(asked).toHaveLength(8)
    expect(progress.at(-1)).toBe(1)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    const response = await call(`/api/results/${result.id}`, { method: 'DELETE', token: ownership.owner })
    expect(response.status).toBe(204)
  })

  test.each(['lost', 'unanswered'] as const)(
    'each request %s once: it goes on',
    async (how) => {
      const seen = new Set<string>()
      const { fetch, asked } = connection((_, url) => {
        const first = !seen.has(url)
        seen.add(url)
        return first && how
      })
      const { result } = await shareResult(parts, { origin, fetch })
      expect((await call(`/api/results/${result.id}`)).status).toBe(200)
      expect(asked).toHaveLength(16)
      // Nothing is left of the attempts: one result and when it expires.
      const folders = (await storedKeys()).map((key) => key.split('/')[0])
      expect([...new Set(folders)].sort()).toEqual(['expiry', 'records', 'results'])
      expect(folders.filter((folder) => folder === 'expiry')).toHaveLength(1)
    },
    30_000,
  )

  test('broken off anywhere, it is resumed and sends only what is missing', async () => {
    for (const broken of [3, 5, 7]) {
      address = newAddress()
      const ended = new AbortController()
      let kept: Ownership | undefined
      const first = connection((count) => {
        if (count === broken) ended.abort()
        return count >= broken && 'lost'
      })
      const options = { origin, onStart: (ownership: Ownership) => (kept = ownership) }
      const attempt = shareResult(parts, { ...options, fetch: first.fetch, signal: ended.signal })
      await expect(attempt).rejects.toThrow()
      const second = connection()
      const { result } = await shareResult(parts, { ...options, fetch: second.fetch, resume: kept })
      expect(result.id).toBe(kept?.id)
      const sent = second.asked.filter((line) => line.startsWith('PUT')).map((line) => line.split('/').at(-1))
      expect(sent).toEqual(requiredParts.slice(broken - 3))
    }
  })

  test('a refused part is named, corrected and published in the same upload', async () => {
    let kept: Ownership | undefined
    const options = {
      origin,
      fetch: connection().fetch,
      onStart: (ownership: Ownership) => (kept = ownership),
    }
    const bad = { ...parts, 'record.json': new TextEncoder().encode('{"format":1}') }
    const refused = await shareResult(bad, options).catch((error: ShareError) => error)
    expect(refused).toMatchObject({ name: 'ShareError', status: 422, part: 'record.json' })
    const { result } = await shareResult(parts, { ...options, resume: kept })
    expect(result.id).toBe(kept?.id)
    expect((await storedKeys()).filter((key) => key.startsWith('records/'))).toEqual([
      `records/${result.id}.json`,
    ])
  })

  test('resumed after it was published, it answers the result', async () => {
    const { fetch } = connection()
    const { result, ownership } = await shareResult(parts, { origin, fetch })
    expect((await shareResult(parts, { origin, fetch, resume: ownership })).result).toEqual(result)
  })

  test('what cannot pass is said at once', async () => {
    const { fetch, asked } = connection()
    const error = await shareResult(parts, { origin, fetch, key: 'pk_none' }).catch((e: ShareError) => e)
    expect(error).toMatchObject({ status: 401, code: 'unknown-key' })
    expect(asked).toHaveLength(1)
  })
})

describe('with a photo', () => {
  const photo = parts['preview.jpg']
  /** As a browser's encoder may write it. */
  const telling = Uint8Array.from([
    ...photo.subarray(0, 2),
    0xff,
    0xe1,
    0,
    8,
    ...new TextEncoder().encode('Exif\0\0'),
    ...photo.subarray(2),
  ])

  test('it is sent without what its encoder wrote into it', async () => {
    const { result } = await shareResult(
      { ...parts, 'photo.jpg': telling },
      { origin, fetch: connection().fetch },
    )
    const sent = await call(`/api/results/${result.id}/parts/photo.jpg`)
    expect(new Uint8Array(await sent.arrayBuffer())).toEqual(photo)
  })

  test('taken back between two attempts, it is not published', async () => {
    let kept: Ownership | undefined
    const ended = new AbortController()
    const options = { origin, onStart: (ownership: Ownership) => (kept = ownership) }
    // All six parts are there when it breaks off.
    const first = connection((count) => {
      if (count === 9) ended.abort()
      return count >= 9 && 'lost'
    })
    const attempt = shareResult(
      { ...parts, 'photo.jpg': photo },
      { ...options, fetch: first.fetch, signal: ended.signal },
    )
    await expect(attempt).rejects.toThrow()
    expect((await storedKeys()).filter((key) => key.includes('photo.jpg'))).toHaveLength(1)
    const { result } = await shareResult(parts, { ...options, fetch: connection().fetch, resume: kept })
    expect(result.id).toBe(kept?.id)
    expect(result.parts.map(({ name }) => name)).not.toContain('photo.jpg')
    expect((await storedKeys()).filter((key) => key.includes('photo.jpg'))).toEqual([])
  })
})
