import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'

const url = inject('url')
let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
})
afterAll(() => browser?.close())

async function open(path: string, options: BrowserContextOptions) {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  const response = (await page.goto(url + path, { waitUntil: 'networkidle' }))!
  return { page, complaints, response }
}

const phone = { viewport: { width: 320, height: 568 } }

/** Pixels that a page is wider, or higher, than its window. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement
    return [scrollWidth - innerWidth, scrollHeight - innerHeight]
  })

test.each([
  ['/how', 'en-GB', 200, 'How it works'],
  ['/how', 'de-DE', 200, 'Wie es geht'],
  ['/nope', 'en-GB', 404, 'There is nothing here'],
  ['/nope', 'de-DE', 404, 'Hier ist nichts'],
  ['/docs', 'en-GB', 200, 'FaceRefiner API'],
])('%s in %s: %i, whole on a small phone, nothing that complains', async (path, locale, status, heading) => {
  const { page, complaints, response } = await open(path, { ...phone, locale })
  expect(response.status()).toBe(status)
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(heading)
  expect((await overflow(page))[0]).toBe(0)
  expect(await seriousFindings(page)).toEqual([])
  // That the page itself was not found the browser says too.
  const expected = status === 404 ? [expect.stringContaining('404')] : []
  expect(complaints).toEqual(expected)
  await page.context().close()
})

describe('the footer of the app', () => {
  test('leads on in the language of the page, and an installed app finds all it wants', async () => {
    const { page, complaints } = await open('/', { locale: 'de-DE' })
    const links = page.getByRole('navigation', { name: 'Über FaceRefiner' }).getByRole('link')
    expect(await links.allInnerTexts()).toEqual(['Wie es geht', 'API', 'Lizenzen'])
    for (const link of await links.all()) {
      const address = await link.evaluate((a) => (a as HTMLAnchorElement).href)
      expect((await page.request.get(address)).status()).toBe(200)
    }
    const session = await page.context().newCDPSession(page)
    const { errors, url: manifest } = await session.send('Page.getAppManifest')
    expect(manifest).toBe(`${url}/manifest.webmanifest`)
    expect(errors).toEqual([])
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
      [],
    )
    await links.first().click()
    await page.getByRole('heading', { level: 1, name: 'Wie es geht' }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('takes nothing from what one came for: on a phone it comes last, on a screen beside nothing', async () => {
    const { page } = await open('/', phone)
    const footer = page.locator('footer.about')
    const main = page.locator('main')
    const boxes = async () => [(await main.boundingBox())!, (await footer.boundingBox())!]
    const [above, below] = await boxes()
    expect(below.y).toBeGreaterThanOrEqual(above.y + above.height)
    for (const link of await footer.getByRole('link').all()) {
      const { x, width, height } = (await link.boundingBox())!
      expect([x >= 0, x + width <= 320, height >= 40]).toEqual([true, true, true])
    }
    await page.setViewportSize({ width: 1280, height: 720 })
    const [wide, low] = await boxes()
    expect(low.y).toBeGreaterThanOrEqual(wide.y + wide.height)
    expect(low.y + low.height).toBeLessThanOrEqual(720)
    expect(await overflow(page)).toEqual([0, 0])
    await page.context().close()
  })
})
