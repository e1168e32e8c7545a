import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { browserCache } from '../../../client/runtime/file-cache.ts'
import type { ModelFile, ModelManifest } from '../../../client/runtime/models.ts'
import { modelUrl } from '../../../client/runtime/models.ts'
import { browserStore } from '../../../client/runtime/store.ts'

// Against the real model files; only the way between server and page is tampered with.
const realFetch = globalThis.fetch
const cacheName = 'store-test'
const id = 'canonical-face'

/** Runs every answer to a model file through `tamper`, which sees how many answers came before. */
function onTheWay(tamper: (response: Response, count: number) => Response | Promise<Response>) {
  let count = 0
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const response = await realFetch(input, init)
    return String(input).endsWith('canonical.json') ? tamper(response, count++) : response
  })
}

function offline() {
  return vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'))
}

async function altered(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  bytes[100] ^= 1
  return new Response(bytes)
}

async function truncated(response: Response): Promise<Response> {
  return new Response((await response.arrayBuffer()).slice(0, 1000))
}

/** The first bytes of a body, after which the connection breaks. */
async function broken(response: Response, bytes: number): Promise<Response> {
  const body = new Uint8Array(await response.arrayBuffer()).subarray(0, bytes)
  let sent = false
  const stream = new ReadableStream({
    pull(controller) {
      if (sent) return controller.error(new TypeError('network error'))
      sent = true
      controller.enqueue(body)
    },
  })
  return new Response(stream, { status: response.status })
}

/** What a server answers that knows ranges, as the worker does (test/worker/models). */
async function ranged(response: Response, range: string | undefined): Promise<Response> {
  if (!range) return response
  const from = Number(/^bytes=(\d+)-$/.exec(range)![1])
  return new Response((await response.arrayBuffer()).slice(from), { status: 206 })
}

const newStore = () => browserStore({ cache: browserCache(cacheName) })

beforeEach(async () => {
  await caches.delete(cacheName)
})
afterEach(() => vi.restoreAllMocks())

describe('browserStore', () => {
  test('downloads verified files and counts every byte', async () => {
    const progress: { loaded: number; total: number }[] = []
    const files = await newStore().load(id, ({ loaded, total }) => progress.push({ loaded, total }))
    expect([...files.keys()]).toEqual(['canonical.json'])
    const face = JSON.parse(new TextDecoder().decode(files.get('canonical.json')))
    expect(face.pos).toHaveLength(468)
    const total = files.get('canonical.json')!.length
    expect(progress.at(-1)).toEqual({ loaded: total, total })
  })

  test('gives single files by name, tells what is lacking, and tells of a download only', async () => {
    const arrived: [string, number][] = []
    const onBytes = (file: ModelFile, received: number) => arrived.push([file.file, received])
    const store = browserStore({ cache: browserCache(cacheName), onBytes })
    const [lacking] = await store.lacking('blazeface', ['model.json'])
    expect(lacking.file).toBe('blazeface/model.json')
    const files = await store.load('blazeface', undefined, ['model.json'])
    expect([...files.keys()]).toEqual(['model.json'])
    expect(arrived.at(-1)).toEqual(['blazeface/model.json', lacking.bytes])
    expect((await store.lacking('blazeface')).map(({ file }) => file)).toEqual(['blazeface/model.bin'])
    arrived.length = 0
    await store.load('blazeface', undefined, ['model.json'])
    expect(arrived).toEqual([])
    await expect(store.load('blazeface', undefined, ['model.wasm'])).rejects.toMatchObject({
      code: 'missing',
      message: expect.stringContaining('model.bin'),
    })
  })

  test('downloads a file once that is asked for twice at the same time', async () => {
    const fetch = onTheWay((response) => response)
    const store = newStore()
    const loaded: number[] = []
    const [first, second] = await Promise.all([
      store.load(id),
      store.load(id, (progress) => loaded.push(progress.loaded)),
    ])
    expect(second.get('canonical.json')).toEqual(first.get('canonical.json'))
    expect(loaded.at(-1)).toBe(first.get('canonical.json')!.length)
    expect(fetch.mock.calls.filter(([url]) => String(url).endsWith('canonical.json'))).toHaveLength(1)
  })

  test('leaves the keeping to the browser where storage throws', async () => {
    vi.spyOn(caches, 'open').mockRejectedValue(new DOMException('denied', 'SecurityError'))
    const fetch = onTheWay((response) => response)
    await newStore().load(id)
    const [, init] = fetch.mock.calls.find(([url]) => String(url).endsWith('canonical.json'))!
    expect(init?.cache).toBe('default')
  })

  test('works without a network the second time', async () => {
    const first = await newStore().load(id)
    offline()
    const second = await newStore().load(id)
    expect(second.get('canonical.json')).toEqual(first.get('canonical.json'))
  })

  test('works without a network within the page where storage throws', async () => {
    vi.spyOn(caches, 'open').mockRejectedValue(new DOMException('denied', 'SecurityError'))
    const store = newStore()
    const first = await store.load(id)
    offline()
    const second = await store.load(id)
    expect(second.get('canonical.json')).toEqual(first.get('canonical.json'))
    await expect(newStore().load(id)).rejects.toMatchObject({ code: 'network' })
  })

  test.each([
    ['altered', altered],
    ['truncated', truncated],
    ['lost', async () => Response.error()],
  ])('asks again for a file that was %s', async (_, tamper) => {
    const fetch = onTheWay((response, count) => (count === 0 ? tamper(response) : response))
    const files = await newStore().load(id)
    expect(files.get('canonical.json')!.length).toBeGreaterThan(50_000)
    expect(fetch.mock.calls.filter(([url]) => String(url).endsWith('canonical.json'))).toHaveLength(2)
  })

  test.each([
    ['altered', altered],
    ['truncated', truncated],
  ])('gives up by name on a file that is %s twice, and keeps nothing of it', async (_, tamper) => {
    onTheWay(tamper)
    await expect(newStore().load(id)).rejects.toMatchObject({
      name: 'ModelError',
      code: 'altered',
      message: expect.stringContaining('canonical-face/canonical.json'),
    })
    vi.restoreAllMocks()
    offline()
    await expect(newStore().load(id)).rejects.toMatchObject({ code: 'network' })
  })

  test('goes on after what has arrived where the connection breaks, again and again', async () => {
    const ranges: (string | undefined)[] = []
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const { range, ...headers } = { ...(init?.headers as Record<string, string>) }
      const response = await realFetch(input, { ...init, headers })
      if (!String(input).endsWith('canonical.json')) return response
      ranges.push(range)
      const answer = await ranged(response, range)
      return ranges.length < 4 ? broken(answer, 10_000) : answer
    })
    const loaded: number[] = []
    const files = await newStore().load(id, (progress) => loaded.push(progress.loaded))
    expect(ranges).toEqual([undefined, 'bytes=10000-', 'bytes=20000-', 'bytes=30000-'])
    expect(files.get('canonical.json')!.length).toBeGreaterThan(50_000)
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b))
  })

  test('starts anew where the server knows no ranges, and gives up where nothing comes', async () => {
    const fetch = onTheWay((response, count) => (count === 0 ? broken(response, 10_000) : response))
    await newStore().load(id)
    expect(fetch.mock.calls.filter(([url]) => String(url).endsWith('canonical.json'))).toHaveLength(2)
    await caches.delete(cacheName)
    onTheWay((response) => broken(response, 0))
    await expect(newStore().load(id)).rejects.toMatchObject({ code: 'network' })
  })

  test('downloads anew what was altered in the cache', async () => {
    const store = newStore()
    await store.load(id)
    const url = await canonicalUrl(await store.manifest())
    await browserCache(cacheName).set(url, Uint8Array.of(1, 2, 3))
    const files = await newStore().load(id)
    expect(files.get('canonical.json')!.length).toBeGreaterThan(50_000)
  })

  test('a kept entry that cannot be read is downloaded anew', async () => {
    await newStore().load(id)
    vi.spyOn(Cache.prototype, 'match').mockResolvedValueOnce(
      new Response(new ReadableStream({ start: (source) => source.error(new TypeError('damaged')) })),
    )
    const files = await newStore().load(id)
    expect(files.get('canonical.json')!.length).toBeGreaterThan(50_000)
  })

  test.each([
    ['text that is no JSON', '<!doctype html>'],
    ['JSON that lists nothing', '{}'],
    ['null', 'null'],
  ])('a kept list of models that is %s is thrown away', async (_, text) => {
    const cache = browserCache(cacheName)
    const url = new URL('/models/manifest.json', location.origin).href
    await cache.set(url, new TextEncoder().encode(text))
    offline()
    await expect(newStore().load(id)).rejects.toMatchObject({ code: 'network' })
    expect(await cache.has(url)).toBe(false)
    vi.restoreAllMocks()
    expect((await newStore().load(id)).size).toBe(1)
  })

  test('a list of models in whose place something else comes is asked for again, and the kept one used', async () => {
    const portal = () =>
      vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('<h1>Log in</h1>'))
    portal()
    await expect(newStore().load(id)).rejects.toMatchObject({ code: 'network', details: { reason: 'other' } })
    vi.restoreAllMocks()
    await newStore().load(id)
    portal()
    expect((await newStore().load(id)).size).toBe(1)
  })

  test('names what the server does not have, without asking twice', async () => {
    const fetch = onTheWay(() => new Response(null, { status: 404 }))
    await expect(newStore().load(id)).rejects.toMatchObject({ code: 'missing' })
    expect(fetch.mock.calls.filter(([url]) => String(url).endsWith('canonical.json'))).toHaveLength(1)
    await expect(newStore().load('huge')).rejects.toMatchObject({
      code: 'unknown-model',
      message: expect.stringContaining('canonical-face'),
    })
  })
})

async function canonicalUrl({ models }: ModelManifest): Promise<string> {
  const [file] = models.find((model) => model.id === id)!.files
  return new URL(modelUrl(file), location.origin).href
}
