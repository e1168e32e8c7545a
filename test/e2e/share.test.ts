import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Ownership, shareResult } from '../../client/share/api.ts'
import { chromiumPath } from '../chromium.ts'
import { validParts } from '../support/parts.ts'

const url = inject('url')
let browser: Browser

beforeAll(async () => {
  // WebGL in software.
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
})
afterAll(() => browser?.close())

/** A page whose console is listened to. */
async function open(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  return { page, complaints }
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe('the life of a shared face', () => {
  const title = '<i>Astronaut</i>'
  let ownership: Ownership
  let context: BrowserContext
  let page: Page
  let complaints: string[]
  beforeAll(async () => {
    const shared = await shareResult(await validParts({ seed: Date.now() }), { origin: url, title })
    ownership = shared.ownership
    context = await browser.newContext({ reducedMotion: 'reduce', acceptDownloads: true })
    const opened = await open(context)
    page = opened.page
    complaints = opened.complaints
    await page.goto(`${url}/r/${ownership.id}`, { waitUntil: 'networkidle' })
  })
  afterAll(() => context?.close())

  test('the page shows the preview and loads no 3D', async () => {
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title)
    const preview = page.getByRole('img', { name: `Preview of ${title}` })
    expect(await preview.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(240)
    const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
    expect(loaded.filter((name) => /face\.glb|renderer/.test(name))).toEqual([])
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  })

  test('the 3D face takes the preview’s place and can be turned', async () => {
    await button(page, 'Turn it in 3D').click()
    const viewer = page.locator('face-viewer')
    await page.locator('.stage > img').waitFor({ state: 'detached', timeout: 60_000 })
    expect(await viewer.locator('canvas').count()).toBe(1)
    const seen = async () =>
      (
        await sharp(await viewer.screenshot())
          .raw()
          .toBuffer()
      ).toString('base64')
    // A textured dome in the middle of the grey stage.
    const { channels } = await sharp(await viewer.screenshot()).stats()
    expect(channels[0].stdev).toBeGreaterThan(10)
    const front = await seen()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await expect.poll(seen, { timeout: 30_000 }).not.toBe(front)
  })

  test('files are saved under the title', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /GLB/ }).click(),
    ])
    expect(download.suggestedFilename()).toBe('i-astronaut-i-face.glb')
  })

  test('a stranger sees no controls, and can report without script', async () => {
    expect(await page.locator('#owner').isVisible()).toBe(false)
    const without = await browser.newContext({ javaScriptEnabled: false })
    const stranger = await open(without)
    await stranger.page.goto(`${url}/r/${ownership.id}`)
    await stranger.page.getByText('Report this face').click()
    await stranger.page.getByLabel('What is wrong?').selectOption({ label: 'Something else' })
    await stranger.page.getByLabel('What should we know?').fill('A test.')
    await button(stranger.page, 'Send the report').click()
    await stranger.page.getByText('Your report has arrived').waitFor()
    expect(stranger.complaints).toEqual([])
    await without.close()
  })

  test('its owner renames it and puts it into the gallery', async () => {
    const { id, owner } = ownership
    await page.evaluate(
      ([key, token]) => localStorage.setItem(key, token),
      [`facerefiner:owner:${id}`, owner],
    )
    await page.reload({ waitUntil: 'networkidle' })
    await page.getByLabel('Title').fill('Eileen Collins')
    await page.getByRole('radio', { name: /In the gallery/ }).check()
    await button(page, 'Save').click()
    await page.getByText('Saved. It is in the gallery.').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Eileen Collins')
    await button(page, 'Keep it for a year').click()
    const year = new Date(Date.now() + 365 * 86_400_000).getUTCFullYear()
    await page.getByText(new RegExp(`It is kept until .* ${year}`)).waitFor()
    await page.goto(`${url}/gallery`)
    await page
      .getByRole('link', { name: /Eileen Collins/ })
      .first()
      .click()
    await page.waitForURL(`${url}/r/${id}`)
  })

  test('its owner thinks twice, then deletes it', async () => {
    const { id } = ownership
    await button(page, 'Delete').click()
    await button(page, 'Keep it').click()
    expect((await fetch(`${url}/r/${id}`)).status).toBe(200)
    await button(page, 'Delete').click()
    await button(page, 'Delete it').click()
    await page.getByRole('heading', { name: 'Deleted', exact: true }).waitFor()
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
    expect(complaints).toEqual([])
    expect((await fetch(`${url}/r/${id}`)).status).toBe(404)
    expect((await fetch(`${url}/api/results/${id}/parts/preview.jpg`)).status).toBe(404)
    expect(await (await fetch(`${url}/gallery`)).text()).not.toContain(id)
  })
})

test.each([390, 768, 1440])('nothing is cut off at a width of %i px', async (width) => {
  const { result, ownership } = await shareResult(await validParts(), {
    origin: url,
    title: 'Averyveryverylongwordthatcannotbebrokenanywherewithouthelpfromthestylesheet',
    visibility: 'listed',
  })
  const context = await browser.newContext({ viewport: { width, height: 900 } })
  const { page } = await open(context)
  const { id, owner } = ownership
  await page.addInitScript(
    ([key, token]) => localStorage.setItem(key, token),
    [`facerefiner:owner:${id}`, owner],
  )
  for (const path of [result.page, '/gallery', '/r/nothing']) {
    await page.goto(url + path, { waitUntil: 'networkidle' })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  }
  await context.close()
  const headers = { authorization: `Bearer ${owner}` }
  await fetch(`${url}/api/results/${id}`, { method: 'DELETE', headers })
})
