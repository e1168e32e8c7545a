import { exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../../worker/limits.ts'
import { adminToken, call, goodParts, isolateTests, openSession, origin, publish } from '../service.ts'

const parts = await goodParts()
isolateTests()

const takeDown = (id: string) =>
  call(`/api/admin/results/${id}/take-down`, { token: adminToken, json: { reason: 'test' } })

async function visit(path: string): Promise<{ response: Response; html: string }> {
  const response = await call(path)
  return { response, html: await response.text() }
}

/** Contents of `<meta name|property=KEY>`. */
function metas(html: string, key: string): string[] {
  const pattern = new RegExp(`<meta (?:name|property)="${key}" content="([^"]*)"`, 'g')
  return [...html.matchAll(pattern)].map(([, content]) => content)
}

describe('the page of a result', () => {
  test('shows the face, what is known of it, and its files', async () => {
    const { id, result } = await publish(parts, { title: 'Astronaut' })
    const { response, html } = await visit(`/r/${id}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(html).toMatch(/^<!doctype html><html lang="en">/)
    expect(html).toContain('<title>Astronaut - FaceRefiner</title>')
    expect(html).toMatch(/<h1[^>]*>Astronaut<\/h1>/)
    expect(html).toContain(`src="/api/results/${id}/parts/preview.jpg"`)
    expect(html).toContain('256\u00a0×\u00a0256\u00a0px')
    expect(html).toContain(`<time datetime="${result.published}">`)
    expect(html).toContain(`href="/api/results/${id}/parts/face.glb?download"`)
    expect(html).toContain(`href="/api/results/${id}/parts/texture.png?download"`)
    expect(html.match(/<h1/g)).toHaveLength(1)
    for (const landmark of ['<header', '<main', '<nav aria-label="Site"', '<footer'])
      expect(html).toContain(landmark)
  })

  test('names the preset of the run in words', async () => {
    const { id } = await publish(parts)
    const { preset } = JSON.parse(new TextDecoder().decode(parts['record.json']))
    expect(preset).toBe('draft')
    expect((await visit(`/r/${id}`)).html).toContain('<dd>Draft, a quick first look</dd>')
  })

  test('previews of links find whole addresses', async () => {
    const { id } = await publish(parts, { title: 'Astronaut' })
    const { html } = await visit(`/r/${id}`)
    const image = `${origin}/api/results/${id}/parts/preview.jpg`
    expect(metas(html, 'og:title')).toEqual(['Astronaut'])
    expect(metas(html, 'og:url')).toEqual([`${origin}/r/${id}`])
    expect(metas(html, 'og:image')).toEqual([image])
    expect(metas(html, 'twitter:image')).toEqual([image])
    expect(metas(html, 'og:image:alt')).toEqual(['Preview of Astronaut'])
    // A square preview goes beside the words.
    expect(metas(html, 'og:image:width')).toEqual(['240'])
    expect(metas(html, 'twitter:card')).toEqual(['summary'])
    expect(metas(html, 'og:description')[0]).toContain('256\u00a0px')
    expect((await call(new URL(image).pathname)).headers.get('content-type')).toBe('image/jpeg')
  })

  test('a wide preview fills the card', async () => {
    const wide = parts['preview.jpg'].slice()
    const frame = wide.findIndex((byte, i) => byte === 0xff && wide[i + 1] === 0xc0)
    wide.set([630 >> 8, 630 & 255, 1200 >> 8, 1200 & 255], frame + 5)
    const { id } = await publish({ ...parts, 'preview.jpg': wide })
    const { html } = await visit(`/r/${id}`)
    expect(metas(html, 'og:image:width')).toEqual(['1200'])
    expect(metas(html, 'og:image:height')).toEqual(['630'])
    expect(metas(html, 'twitter:card')).toEqual(['summary_large_image'])
    expect(html).toMatch(/<img src="[^"]*preview.jpg" width="1200" height="630"/)
  })

  test('without a title it is a face in 3D', async () => {
    const { id } = await publish(parts)
    const { html } = await visit(`/r/${id}`)
    expect(html).toMatch(/<h1[^>]*>A 3D face<\/h1>/)
    expect(metas(html, 'og:title')).toEqual(['A 3D face'])
  })

  test('a hostile title stays text everywhere', async () => {
    const title = '"><script>alert(1)</script><img src=x onerror="alert(2)">'
    const { id } = await publish(parts, { title, visibility: 'listed' })
    for (const path of [`/r/${id}`, '/gallery']) {
      const { html } = await visit(path)
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
      expect(html).not.toContain('<script>')
      expect(html).not.toContain('<img src=x')
      // One script, the page's own, and none in an attribute.
      expect(html.match(/<script/g)).toHaveLength(1)
    }
    const { html } = await visit(`/r/${id}`)
    expect(metas(html, 'og:title')).toEqual([
      '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(2)&quot;&gt;',
    ])
  })

  test('keeps to the content security policy: nothing inline', async () => {
    const { id } = await publish(parts)
    for (const path of [`/r/${id}`, '/gallery', '/r/nothing']) {
      const { response, html } = await visit(path)
      expect(response.headers.get('content-security-policy')).not.toContain('unsafe-inline')
      expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/)
      expect(html.replaceAll('<script type="module" src="/share.js"></script>', '')).not.toContain('<script')
    }
  })

  test('search engines get listed results only', async () => {
    const { id, owner } = await publish(parts)
    const unlisted = await visit(`/r/${id}`)
    expect(metas(unlisted.html, 'robots')).toEqual(['noindex'])
    expect(unlisted.response.headers.get('x-robots-tag')).toBe('noindex')
    await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { visibility: 'listed' } })
    const listed = await visit(`/r/${id}`)
    expect(metas(listed.html, 'robots')).toEqual([])
    expect(listed.response.headers.get('x-robots-tag')).toBeNull()
  })

  test('is asked for again each time, and shows the last change', async () => {
    const { id, owner } = await publish(parts, { title: 'Before' })
    expect((await visit(`/r/${id}`)).response.headers.get('cache-control')).toBe('no-cache')
    await call(`/api/results/${id}`, { method: 'PATCH', token: owner, json: { title: 'After' } })
    expect((await visit(`/r/${id}`)).html).toContain('<h1>After</h1>')
  })

  test('hides its owner’s controls until the script finds the token', async () => {
    const { id, owner } = await publish(parts)
    const { html } = await visit(`/r/${id}`)
    expect(html).toMatch(/<section id="owner"[^>]* hidden/)
    expect(html).not.toContain(owner)
  })

  test('saves files under the title', async () => {
    const { id } = await publish(parts, { title: 'Élodie, in May "!\r\n' })
    const saved = async (query: string) =>
      (await call(`/api/results/${id}/parts/face.glb${query}`)).headers.get('content-disposition')
    // The second comes from the cache.
    for (let i = 0; i < 2; i++)
      expect(await saved('?download')).toBe('attachment; filename="elodie-in-may-face.glb"')
    expect(await saved('')).toBe('attachment; filename="face.glb"')
    const nameless = await publish(parts, { title: '顔' })
    const { headers } = await call(`/api/results/${nameless.id}/parts/texture.png?download`)
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="${nameless.id.slice(0, 8)}-texture.png"`,
    )
  })
})

describe('where there is no result', () => {
  test.each([
    'AAAAAAAAAAAAAAAAAAAAAA',
    'short',
    'AAAAAAAAAAAAAAAAAAAAA%2F',
    '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  ])('/r/%s is a page that says so', async (id) => {
    const { response, html } = await visit(`/r/${id}`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(html).toContain('<h1>There is no result here</h1>')
    expect(metas(html, 'robots')).toEqual(['noindex'])
    expect(html).not.toContain('alert(1)')
  })

  test('deleted: 404', async () => {
    const { id, owner } = await publish(parts)
    await call(`/api/results/${id}`, { method: 'DELETE', token: owner })
    expect((await visit(`/r/${id}`)).response.status).toBe(404)
  })

  test('taken down: 410, without the reason', async () => {
    const { id } = await publish(parts, { title: 'Astronaut' })
    expect((await takeDown(id)).status).toBe(204)
    const { response, html } = await visit(`/r/${id}`)
    expect(response.status).toBe(410)
    expect(html).toContain('<h1>This result was taken down</h1>')
    expect(html).not.toContain('Astronaut')
    expect(metas(html, 'robots')).toEqual(['noindex'])
  })
})

describe('the report form', () => {
  /** As a browser without script sends it. */
  const send = (id: string, fields: Record<string, string>, headers: Record<string, string> = { origin }) =>
    exports.default.fetch(
      new Request(`${origin}/r/${id}/report`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { 'cf-connecting-ip': `203.0.113.${visitor}`, ...headers },
        redirect: 'manual',
      }),
    )
  /** Reports are counted by address. */
  let visitor = 0
  beforeEach(() => {
    visitor++
  })
  const reports = async () =>
    (await (await call('/api/admin/reports', { token: adminToken })).json<{ reports: object[] }>()).reports

  test('reaches the moderators and thanks', async () => {
    const { id } = await publish(parts)
    const response = await send(id, { reason: 'not-my-consent', text: ' It is me. ' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/r/${id}?reported#report`)
    const { html } = await visit(`/r/${id}?reported`)
    expect(html).toContain('Your report has arrived')
    expect(await reports()).toMatchObject([{ id, reason: 'not-my-consent', text: 'It is me.' }])
  })

  test('may leave the text empty', async () => {
    const { id } = await publish(parts)
    expect((await send(id, { reason: 'minor', text: '' })).status).toBe(303)
    expect(await reports()).toMatchObject([{ id, reason: 'minor', text: '' }])
  })

  test.each([
    ['no reason', { reason: '' }],
    ['a reason that is none', { reason: 'dislike' }],
    ['a text that is too long', { reason: 'other', text: 'x'.repeat(1001) }],
  ])('%s: told so, nothing kept', async (_, fields) => {
    const { id } = await publish(parts)
    const response = await send(id, fields)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('The report is not complete, or too long.')
    expect(await reports()).toEqual([])
  })

  test.each([
    [
      'parts without an end',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\nother',
    ],
    ['parts without a boundary', 'multipart/form-data', '--x--'],
    ['an empty boundary', 'multipart/form-data; boundary=', '--'],
    ['parts without a name', 'multipart/form-data; boundary=x', '--x\r\n\r\nother\r\n--x--\r\n'],
    ['bytes', 'application/x-www-form-urlencoded; charset=utf-16', '\xff%zz&&=%E0%A4%A&reason'],
    ['no type', '', 'reason=other'],
    ['JSON', 'application/json', '{"reason":"other"}'],
  ])('of %s: told so', async (_, type, body) => {
    const { id } = await publish(parts)
    const headers = { origin, 'cf-connecting-ip': `203.0.113.${visitor}`, 'content-type': type }
    const response = await call(`/r/${id}/report`, { method: 'POST', body, headers })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('The report is not complete, or too long.')
    expect(await reports()).toEqual([])
  })

  test.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://elsewhere.example' }],
    ['nobody knows where', { origin: 'null' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
  ])('from %s: refused', async (_, headers) => {
    const { id } = await publish(parts)
    expect((await send(id, { reason: 'other' }, headers)).status).toBe(403)
    expect(await reports()).toEqual([])
  })

  test('on what is not there: 404', async () => {
    expect((await send('A'.repeat(22), { reason: 'other' })).status).toBe(404)
  })

  test('too many: asked to wait', async () => {
    const { id } = await publish(parts)
    // A minute may end between them, and its count with it; not two.
    let last = await send(id, { reason: 'other' })
    for (let i = 1; last.status === 303; i++) {
      expect(i).toBeLessThan(2 * limits.rates.RATE_STRICT.limit + 1)
      last = await send(id, { reason: 'other' })
    }
    expect(last.status).toBe(429)
    expect(last.headers.get('retry-after')).toBe('60')
    expect(await last.text()).toContain('<h1>That did not work</h1>')
    // A visitor who may write no more may still read; and sessions are counted apart.
    expect((await visit(`/r/${id}`)).response.status).toBe(200)
    expect(await openSession()).toMatch(/^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/)
  })
})

test('the mark of the pages', async () => {
  const { response, html } = await visit('/favicon.svg')
  expect(response.headers.get('content-type')).toBe('image/svg+xml')
  expect(html).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/)
})
