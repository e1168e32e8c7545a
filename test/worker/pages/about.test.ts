import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { de } from '../../../worker/texts/de.ts'
import { en } from '../../../worker/texts/en.ts'
import { call, goodParts, isolateTests, origin, publish } from '../service.ts'

const parts = await goodParts()
isolateTests()

const german = { 'accept-language': 'de' }
const metas = (html: string, key: string) =>
  [...html.matchAll(new RegExp(`<meta (?:name|property)="${key}" content="([^"]*)"`, 'g'))].map(
    ([, content]) => content,
  )

describe('/how', () => {
  test.each([
    [{}, en, 'en'],
    [german, de, 'de'],
  ])('says in plain words what happens to a photo (%#)', async (headers, texts, lang) => {
    const response = await call('/how', { headers })
    expect(response.status).toBe(200)
    expect(response.headers.get('vary')).toContain('accept-language')
    const html = await response.text()
    expect(html).toContain(`<html lang="${lang}">`)
    for (const { heading, words } of [texts.how.photo, texts.how.method, texts.how.limits]) {
      expect(html).toContain(heading)
      expect(words.length).toBeGreaterThan(0)
    }
    expect(html).toContain('IEEE Transactions on Multimedia, 2024')
  })
})

test.each(['/how', '/gallery', '/nope', '/docs'])(
  '%s leads to how it works, the API and the licences',
  async (path) => {
    const html = await (await call(path, { headers: { accept: 'text/html' } })).text()
    const ways = ['/how', path === '/docs' ? '/openapi.json' : '/docs', '/licences.txt']
    for (const address of ways) expect(html).toContain(`href="${address}"`)
  },
)

describe('robots.txt', () => {
  const rules = async () => (await (await call('/robots.txt')).text()).split('\n')

  test('keeps crawlers from what is no page, and lets them read that a face is not to be found', async () => {
    const disallowed = (await rules())
      .filter((line) => line.startsWith('Disallow: '))
      .map((line) => line.slice(10))
    expect(disallowed).toContain('/api/admin/')
    const { id } = await publish(parts)
    for (const path of [`/r/${id}`, `/api/results/${id}/parts/preview.jpg`]) {
      expect((await call(path)).headers.get('x-robots-tag')).toBe('noindex')
      expect(disallowed.filter((start) => path.startsWith(start))).toEqual([])
    }
  })

  test('what is listed may be found, its picture too, until it is not listed any more', async () => {
    const { id, owner } = await publish(parts, { visibility: 'listed' })
    const tagged = async () => {
      const paths = [`/r/${id}`, `/api/results/${id}/parts/preview.jpg`]
      return Promise.all(paths.map(async (path) => (await call(path)).headers.get('x-robots-tag')))
    }
    expect(await tagged()).toEqual([null, null])
    await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { visibility: 'unlisted' } })
    expect(await tagged()).toEqual(['noindex', 'noindex'])
  })
})

test('the manifest is in the language of the device', async () => {
  const response = await call('/manifest.webmanifest', { headers: german })
  expect(response.headers.get('content-type')).toBe('application/manifest+json')
  expect(await response.json()).toMatchObject({
    name: 'FaceRefiner',
    lang: 'de',
    start_url: '/',
    display: 'standalone',
    description: de.front.description,
  })
})

const built = (await env.ASSETS.fetch(`${origin}/favicon.ico`)).ok

describe.skipIf(!built)('the front page (needs the built client)', () => {
  test('shows a card where its link is shared: whole addresses, the words in the reader’s language', async () => {
    for (const [headers, texts] of [
      [{}, en],
      [german, de],
    ] as const) {
      const response = await call('/', { headers })
      expect(response.headers.get('vary')).toContain('accept-language')
      const html = await response.text()
      expect(metas(html, 'description')).toEqual([texts.front.description])
      expect(metas(html, 'og:title')).toEqual([texts.front.title])
      expect(metas(html, 'og:url')).toEqual([`${origin}/`])
      expect(metas(html, 'og:image')).toEqual([`${origin}/card.jpg`])
      expect(metas(html, 'og:image:alt')).toEqual([texts.card])
      expect(metas(html, 'twitter:card')).toEqual(['summary_large_image'])
      expect(html).toContain(`<link rel="canonical" href="${origin}/"`)
      expect(html).toContain('id="page"')
    }
  })

  test('has pictures of what they claim to be, for those who ask without looking', async () => {
    const html = await (await call('/')).text()
    const manifest = await (await call('/manifest.webmanifest')).json<{
      icons: { src: string; sizes: string }[]
    }>()
    for (const { src, sizes } of manifest.icons) {
      const response = await call(src)
      expect(response.status).toBe(200)
      const bytes = new DataView(await response.arrayBuffer())
      if (sizes !== 'any') expect(`${bytes.getUint32(16)}x${bytes.getUint32(20)}`).toBe(sizes)
    }
    expect(html).toContain('href="/apple-touch-icon.png"')
    expect((await call('/apple-touch-icon.png')).headers.get('content-type')).toBe('image/png')
    const icon = await call('/favicon.ico')
    expect(icon.headers.get('content-type')).toMatch(/^image\//)
    expect([...new Uint8Array(await icon.arrayBuffer()).slice(0, 6)]).toEqual([0, 0, 1, 0, 1, 0])
    const card = await (await call('/card.jpg')).arrayBuffer()
    expect(card.byteLength).toBeLessThan(150_000)
    expect([...new Uint8Array(card).slice(0, 2)]).toEqual([0xff, 0xd8])
  })
})
