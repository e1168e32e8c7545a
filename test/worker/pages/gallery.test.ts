import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { app } from '../../../worker/app.ts'
import { limits } from '../../../worker/limits.ts'
import { address, neighbours, readPlace } from '../../../worker/pages/gallery-trail.ts'
import { createRecord, type Published } from '../../../worker/results/documents.ts'
import { updateGallery } from '../../../worker/results/gallery.ts'
import { call, goodParts, isolateTests, publish } from '../service.ts'

/** Each test has a host of its own: what the edge keeps of one is nothing to another. */
let host = ''
let hosts = 0
isolateTests()
beforeEach(() => {
  hosts++
  host = `http://gallery-${hosts}.example`
})

async function visit(path: string, bindings = env): Promise<{ response: Response; html: string }> {
  const context = createExecutionContext()
  const response = await app.fetch(new Request(host + path), bindings, context)
  const html = await response.text()
  await waitOnExecutionContext(context)
  return { response, html }
}

const part = { bytes: 1, sha256: '0'.repeat(64) }

/** Puts results into the gallery without their files, one a minute; the last one is the newest. */
async function list(count: number, change: (i: number) => Partial<Published> = () => ({})): Promise<void> {
  const start = Date.parse('2026-08-01T12:00:00.000Z')
  for (let i = 0; i < count; i++) {
    const record: Published = {
      state: 'published',
      id: `face${String(i).padStart(18, '0')}`,
      owner: '',
      title: `Face ${i}`,
      visibility: 'listed',
      published: new Date(start + i * 60_000).toISOString(),
      expires: '2126-08-01T12:00:00.000Z',
      parts: { 'texture.png': part, 'face.glb': part, 'preview.jpg': part, 'record.json': part },
      textureSize: 512,
      preset: 'standard',
      visiblePsnr: null,
      ...change(i),
    }
    await createRecord(env, record)
    await updateGallery(env, record)
  }
}

const titles = (html: string) => [...html.matchAll(/<span class="name">([^<]*)/g)].map(([, title]) => title)

/** Address of the link that says so. */
const link = (html: string, words: string) =>
  new RegExp(`<a class="button"[^>]* href="([^"]*)">[^<]*${words}`).exec(html)?.[1].replaceAll('&amp;', '&')

const numbered = (from: number, to: number) =>
  Array.from({ length: from - to + 1 }, (_, i) => `Face ${from - i}`)

describe('the gallery', () => {
  test('empty, it invites', async () => {
    const { response, html } = await visit('/gallery')
    expect(response.status).toBe(200)
    expect(html).toContain('Nobody has shown anything yet')
    expect(html).toMatch(/<a class="button primary" href="\/">/)
    expect(link(html, 'Older')).toBeUndefined()
    expect(link(html, 'Newer')).toBeUndefined()
  })

  test('shows listed results alone, the newest first', async () => {
    await list(3, (i) => ({ visibility: i === 1 ? 'unlisted' : 'listed' }))
    const { html } = await visit('/gallery')
    expect(titles(html)).toEqual(['Face 2', 'Face 0'])
    expect(html).toContain('href="/r/face000000000000000002"')
    expect(html).toContain('<time datetime="2026-08-01T12:02:00.000Z">1 Aug 2026</time>')
  })

  test('thumbnails have a size, and those further down wait', async () => {
    await list(8)
    const { html } = await visit('/gallery')
    const images = html.match(/<img [^>]*>/g)!
    expect(images).toHaveLength(8)
    for (const image of images) expect(image).toMatch(/width="300" height="300"/)
    expect(images.map((image) => image.includes('loading="lazy"'))).toEqual([
      ...new Array(6).fill(false),
      true,
      true,
    ])
  })

  test('is turned page by page, there and back, by links alone', async () => {
    const size = limits.gallery.pageSize
    await list(2 * size + 1)
    const first = await visit('/gallery')
    expect(titles(first.html)).toEqual(numbered(2 * size, size + 1))
    expect(link(first.html, 'Newer')).toBeUndefined()
    const second = await visit(link(first.html, 'Older')!)
    expect(titles(second.html)).toEqual(numbered(size, 1))
    const third = await visit(link(second.html, 'Older')!)
    expect(titles(third.html)).toEqual(['Face 0'])
    expect(link(third.html, 'Older')).toBeUndefined()
    const back = await visit(link(third.html, 'Newer')!)
    expect(titles(back.html)).toEqual(titles(second.html))
    expect(link(back.html, 'Newer')).toBe('/gallery')
  })

  test('expired results are gone before the cron comes', async () => {
    await list(2, (i) => (i === 0 ? { expires: '2026-08-01T13:00:00.000Z' } : {}))
    expect(titles((await visit('/gallery')).html)).toEqual(['Face 1'])
  })

  test.each([
    ['nonsense', 'nonsense'],
    ['a tag', '<script>'],
    ['very long', '9'.repeat(2000)],
  ])('a cursor that is %s is told that it is none', async (_, cursor) => {
    const { response, html } = await visit(`/gallery?cursor=${encodeURIComponent(cursor)}`)
    expect(response.status).toBe(400)
    expect(html).toContain('<h1>That did not work</h1>')
    expect(html).not.toContain('<script>')
  })

  test('a trail that was tampered with leads nowhere else', async () => {
    await list(1)
    const { html } = await visit(
      '/gallery?cursor=0000000000000-AAAAAAAAAAAAAAAAAAAAAA&trail=https://x.example."><b>',
    )
    expect(titles(html)).toEqual(['Face 0'])
    expect(link(html, 'Newer')).toBe('/gallery')
    expect(html).not.toContain('x.example.')
    expect(html).not.toContain('<b>')
  })

  test('out of order, it says so', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const RESULTS = { list: () => Promise.reject(new Error('the bucket is away')) }
    const { response, html } = await visit('/gallery', { ...env, RESULTS } as never)
    vi.restoreAllMocks()
    expect(response.status).toBe(500)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(html).toContain('Something is out of order on our side.')
    expect(html).not.toContain('the bucket is away')
    // The failure was kept by nobody.
    expect((await visit('/gallery')).response.status).toBe(200)
  })
})

describe('the edge', () => {
  test('keeps a page for a moment, browsers none', async () => {
    await list(1)
    const first = await visit('/gallery')
    expect(first.response.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=60')
    await list(2)
    // From the cache, whatever else stands in the address.
    expect(titles((await visit('/gallery?utm=1')).html)).toEqual(['Face 0'])
  })

  test('drops it where an owner changes or deletes', async () => {
    const { id, owner } = await publish(await goodParts(), { title: 'Mine', visibility: 'listed' })
    const shown = async () => titles(await (await call('/gallery')).text())
    expect(await shown()).toEqual(['Mine'])
    await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { title: 'Still mine' } })
    expect(await shown()).toEqual(['Still mine'])
    await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { visibility: 'unlisted' } })
    expect(await shown()).toEqual([])
    await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { visibility: 'listed' } })
    expect(await shown()).toEqual(['Still mine'])
    await call(`/api/results/${id}`, { method: 'DELETE', token: owner })
    expect(await shown()).toEqual([])
  })
})

describe('the way back', () => {
  const cursorOf = (i: number) => `${String(i).padStart(13, '0')}-${'A'.repeat(22)}`
  const [a, b, c, d] = [0, 1, 2, 3].map(cursorOf)

  test('goes along in the address', () => {
    const place = { cursor: c, trail: [a, b] }
    expect(readPlace({ cursor: c, trail: `${a}.${b}` })).toEqual(place)
    expect(address(place)).toBe(`/gallery?cursor=${c}&trail=${a}.${b}`)
    expect(neighbours(place, d)).toEqual({
      newer: `/gallery?cursor=${b}&trail=${a}`,
      older: `/gallery?cursor=${d}&trail=${a}.${b}.${c}`,
    })
  })

  test('is forgotten from its beginning where it grows long', () => {
    let place = readPlace({})
    for (let i = 0; i < 50; i++) {
      const { older } = neighbours(place, cursorOf(i))
      place = readPlace(Object.fromEntries(new URL(older!, host).searchParams))
    }
    expect(place.cursor).toBe(cursorOf(49))
    expect(place.trail).toHaveLength(20)
    expect(place.trail.at(-1)).toBe(cursorOf(48))
  })
})
