import { describe, expect, test } from 'vitest'
import { de } from '../../../worker/texts/de.ts'
import { en } from '../../../worker/texts/en.ts'
import { wantedLanguage } from '../../../worker/texts/languages.ts'
import { call, goodParts, isolateTests, origin, publish } from '../service.ts'

const parts = await goodParts()
isolateTests()

async function visit(path: string, acceptLanguage?: string): Promise<{ response: Response; html: string }> {
  const response = await call(path, { headers: acceptLanguage ? { 'accept-language': acceptLanguage } : {} })
  return { response, html: await response.text() }
}

describe('the language that is wanted', () => {
  test.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['en-US,en;q=0.9,de;q=0.8', 'en'],
    ['fr-FR, de;q=0.5, en;q=0.7', 'en'],
    ['fr, DE-ch;q=0.2', 'de'],
    ['de;q=0', 'en'],
    ['*', 'en'],
    ['constructor', 'en'],
  ])('%s: %s', (acceptLanguage, language) => {
    expect(wantedLanguage(acceptLanguage)).toBe(language)
  })
})

describe('pages', () => {
  test('come in the language of the browser, and caches are told so', async () => {
    const { id, result } = await publish(parts, { title: 'Astronaut', visibility: 'listed' })
    const { response, html } = await visit(`/r/${id}`, 'de-CH')
    expect(response.headers.get('vary')?.toLowerCase()).toContain('accept-language')
    expect(html).toMatch(/^<!doctype html><html lang="de">/)
    expect(html).toContain(de.result.downloadTexture)
    expect(html).toContain(de.date(result.published))
    expect(html).toContain('content="de_DE"')
    expect(html).not.toContain(en.result.downloadTexture)
    const english = await visit(`/r/${id}`)
    expect(english.html).toContain('<html lang="en">')
    expect(english.html).toContain(en.date(result.published))
  })

  test('that are missing or refused are told in it too, with the service’s own sentences left out', async () => {
    const missing = await visit('/r/nothing', 'de')
    expect(missing.response.status).toBe(404)
    expect(missing.html).toContain(`<h1>${de.message.notFoundHeading}</h1>`)
    expect(missing.response.headers.get('vary')).toContain('accept-language')
    const cursor = await visit('/gallery?cursor=nonsense', 'de')
    expect(cursor.html).toContain(de.message.badCursor)
  })

  test('the choice in the address wins, goes along with the links, and not into the canonical address', async () => {
    const { id } = await publish(parts, { visibility: 'listed' })
    const { html } = await visit(`/r/${id}?lang=de`, 'en')
    expect(html).toContain('<html lang="de">')
    expect(html).toContain('href="/gallery?lang=de"')
    expect(html).toContain('href="/?lang=de"')
    expect(html).toContain(`action="/r/${id}/report?lang=de"`)
    expect(html).toContain(`<link rel="canonical" href="${origin}/r/${id}"`)
    expect(html).toContain(`<link rel="alternate" hreflang="de" href="${origin}/r/${id}?lang=de"`)
    // The way back to English.
    expect(html).toContain('<a href="?lang=en" lang="en"')
    expect((await visit(`/r/${id}?lang=xx`, 'de')).html).toContain('<html lang="de">')
  })

  test('a report’s thanks come in it', async () => {
    const { id } = await publish(parts)
    const response = await call(`/r/${id}/report?lang=de`, {
      body: new URLSearchParams({ reason: 'other' }),
      headers: { origin },
    })
    // fetch follows to where the form leads.
    expect(await response.text()).toContain(de.report.thanks)
  })
})

describe('the gallery at the edge', () => {
  test('is kept for each language by itself, and dropped for all', async () => {
    const { id, owner } = await publish(parts, { title: 'Mine', visibility: 'listed' })
    const wishes = [
      ['/gallery', 'en'],
      ['/gallery', 'de'],
      ['/gallery?lang=de', 'en'],
    ] as const
    for (let i = 0; i < 2; i++) {
      const [english, german, chosen] = await Promise.all(wishes.map(([path, wish]) => visit(path, wish)))
      expect(english.html).toContain('<h1>Gallery</h1>')
      expect(german.html).toContain('<h1>Galerie</h1>')
      expect(german.html).toContain(`href="/r/${id}"`)
      expect(chosen.html).toContain(`href="/r/${id}?lang=de"`)
      for (const { response } of [english, german, chosen]) {
        expect(response.headers.get('vary')).toContain('accept-language')
      }
    }
    await call(`/api/results/${id}`, { method: 'DELETE', token: owner })
    for (const [path, wish] of wishes) expect((await visit(path, wish)).html).not.toContain('Mine')
  })
})

test('what the languages say of a number or a name holds it', () => {
  for (const texts of [en, de]) {
    expect(texts.previewOf('Ada')).toContain('Ada')
    expect(texts.result.description('head', 512)).toContain('512')
    expect(texts.ownerScript.keptUntil).toContain('{date}')
    expect(texts.message.tooMany(50)).toContain('50\u00a0s')
    expect(texts.gallery.in3d('Ada')).toContain('Ada')
  }
  expect(de.fidelity(41.26)).toContain('41,3\u00a0dB')
})
