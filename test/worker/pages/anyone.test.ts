import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../../worker/app.ts'
import { de } from '../../../worker/texts/de.ts'
import { en } from '../../../worker/texts/en.ts'
import { adminToken, call, goodParts, isolateTests, origin, publish } from '../service.ts'

const parts = await goodParts()
isolateTests()

const browser = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}
const german = { ...browser, 'accept-language': 'de-DE,de;q=0.9' }
const nobody = 'AAAAAAAAAAAAAAAAAAAAAA'

describe('an address that leads nowhere', () => {
  test.each(['/nope', '/nope/deeper?x=1', '/models/nowhere', '/api/nowhere', '/assets/nope.js'])(
    '%s: a page with ways on, in the reader’s language',
    async (path) => {
      for (const [headers, texts, lang] of [
        [browser, en, 'en'],
        [german, de, 'de'],
      ] as const) {
        const response = await call(path, { headers })
        expect(response.status).toBe(404)
        expect(response.headers.get('content-type')).toMatch(/^text\/html/)
        expect(response.headers.get('cache-control')).toBe('no-store')
        expect(response.headers.get('x-robots-tag')).toBe('noindex')
        const html = await response.text()
        expect(html).toContain(`<html lang="${lang}">`)
        expect(html).toContain(`<h1>${texts.message.nothingHeading}</h1>`)
        for (const address of ['/', '/gallery', '/how']) expect(html).toContain(`href="${address}"`)
      }
    },
  )

  test.each<[string, Record<string, string>]>([
    ['curl', { accept: '*/*' }],
    ['nothing said', {}],
    ['fetch of a page', { accept: '*/*', 'sec-fetch-mode': 'cors' }],
    ['an image', { accept: 'image/avif,image/webp,*/*;q=0.8', 'sec-fetch-mode': 'no-cors' }],
    ['a script that says it takes HTML', { accept: 'text/html', 'sec-fetch-mode': 'cors' }],
    ['JSON before HTML', { accept: 'application/json, text/html;q=0.5' }],
    ['no HTML', { accept: 'text/html;q=0, application/json' }],
  ])('%s: JSON', async (_, headers) => {
    const response = await call('/nope', { headers })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } })
    expect(response.headers.get('vary')).toContain('accept')
  })

  test('an older browser, which says no more than that it takes HTML: the page', async () => {
    const response = await call('/nope', { headers: { accept: browser.accept } })
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
  })

  test('repeats nothing of the address', async () => {
    const html = await (await call('/%3Cscript%3Ealert(1)', { headers: browser })).text()
    expect(html).not.toContain('alert')
  })
})

describe('what else a person can run into by an address', () => {
  const visit = async (path: string, method = 'GET') => {
    const response = await call(path, { method, headers: browser })
    return { response, html: await response.text() }
  }

  test('a file of a face that is gone, or was taken down', async () => {
    const { id } = await publish(parts)
    const file = `/api/results/${id}/parts/face.glb?download`
    expect((await call(file, { headers: browser })).status).toBe(200)
    await call(`/api/admin/results/${id}/take-down`, { token: adminToken, json: { reason: 'test' } })
    const down = await visit(file)
    expect(down.response.status).toBe(410)
    expect(down.html).toContain(en.message.takenDownHeading)
    const gone = await visit(`/api/results/${nobody}/parts/face.glb?download`)
    expect(gone.response.status).toBe(404)
    expect(gone.html).toContain(en.message.notFoundHeading)
  })

  test.each([
    ['/api/session', 405],
    ['/api/admin/reports', 401],
    ['/api/gallery?limit=many', 400],
  ])('%s: %i, an address for programs, with the way to their description', async (path, status) => {
    const { response, html } = await visit(path)
    expect(response.status).toBe(status)
    expect(html).toContain(en.message.forProgramsHeading)
    expect(html).toContain('href="/docs"')
    if (status === 405) expect(response.headers.get('allow')).toBe('POST')
  })

  test('a form sent to a page that takes none', async () => {
    const { response, html } = await visit('/', 'POST')
    expect(response.status).toBe(405)
    expect(html).toContain(en.message.notAllowed)
  })

  test('a service that is out of order', async () => {
    const assets = { fetch: () => Promise.reject(new Error('the cause')) }
    const response = await app.request(`${origin}/nope`, { headers: browser }, { ...env, ASSETS: assets })
    expect(response.status).toBe(500)
    const html = await response.text()
    expect(html).toContain(en.message.failed)
    expect(html).not.toContain('the cause')
  })
})
