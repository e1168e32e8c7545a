import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Ownership, shareResult } from '../../client/share/api.ts'
import { ownersLink } from '../../client/share/ownership.ts'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'
import { headParts, validParts } from '../support/parts.ts'
import { zippedFiles } from '../support/zipped-files.ts'

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
  }, 60_000)
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

  test('a device with Quick Look gets a USDZ that is made of the file; others are offered none', async () => {
    expect(await button(page, 'See it in your room').isVisible()).toBe(false)
    const phone = await browser.newContext({ acceptDownloads: true })
    await phone.addInitScript(() => {
      const { supports } = DOMTokenList.prototype
      DOMTokenList.prototype.supports = function (token) {
        return token === 'ar' || supports.call(this, token)
      }
    })
    const visit = await open(phone)
    await visit.page.goto(`${url}/r/${ownership.id}`)
    const [download] = await Promise.all([
      visit.page.waitForEvent('download', { timeout: 60_000 }),
      visit.page.getByRole('button', { name: 'See it in your room' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('face.usdz')
    const files = zippedFiles(readFileSync(await download.path()))
    expect(files.map(({ path, start }) => [path, start % 64])).toEqual([
      ['face.usda', 0],
      ['textures/face.png', 0],
    ])
    expect(visit.complaints).toEqual([])
    await phone.close()
  })

  test('a stranger sees no controls, and can report without script', async () => {
    expect(await page.locator('#owner').isVisible()).toBe(false)
    const without = await browser.newContext({ javaScriptEnabled: false })
    const stranger = await open(without)
    await stranger.page.goto(`${url}/r/${ownership.id}`)
    await stranger.page.getByText('Report this result').click()
    await stranger.page.getByLabel('What is wrong?').selectOption({ label: 'Something else' })
    await stranger.page.getByLabel('What should we know?').fill('A test.')
    await button(stranger.page, 'Send the report').click()
    await stranger.page.getByText('Your report has arrived').waitFor()
    expect(stranger.complaints).toEqual([])
    await without.close()
  })

  const kept = () => page.evaluate((id) => localStorage.getItem(`facerefiner:owner:${id}`), ownership.id)
  const wrongLink = 'The link that you followed does not hold the key of this result.'

  test('who follows a link with a wrong key is told, and becomes nobody', async () => {
    await page.goto('about:blank')
    await page.goto(`${url}/r/${ownership.id}#owner=own_${'x'.repeat(43)}`)
    await page.getByText(wrongLink).waitFor()
    expect(await button(page, 'Delete').count()).toBe(0)
    expect(await kept()).toBeNull()
    expect(page.url()).toBe(`${url}/r/${ownership.id}`)
  })

  test('its owner renames it and puts it into the gallery', async () => {
    const { id, owner } = ownership
    // As the page that shared it opens it from another site's frame, whose storage is not this page's.
    await page.goto('about:blank')
    await page.goto(ownersLink(`${url}/r/${id}`, { id, owner }), { waitUntil: 'networkidle' })
    expect(page.url()).toBe(`${url}/r/${id}`)
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

  test.each([
    ['in a form that no key has', '#owner=anything'],
    ['of the right form', `#owner=own_${'A'.repeat(43)}`],
    ['that is empty', '#owner='],
  ])('a link with a wrong key %s does not cost the owner theirs', async (_, fragment) => {
    // Followed on the page itself.
    await page.evaluate((fragment) => location.assign(fragment), fragment)
    await page.getByText(wrongLink).waitFor()
    expect(page.url()).toBe(`${url}/r/${ownership.id}`)
    expect(await kept()).toBe(ownership.owner)
    expect(await button(page, 'Delete').isVisible()).toBe(true)
  })

  test('a link that cannot be checked does not either', async () => {
    await page.route('**/api/results/*', (route) => route.fulfill({ status: 400, body: '{}' }))
    await page.goto('about:blank')
    await page.goto(ownersLink(`${url}/r/${ownership.id}`, { id: ownership.id, owner: 'own_other' }))
    await page.getByText('The key in that link could not be checked.').waitFor()
    expect(await kept()).toBe(ownership.owner)
    await page.unrouteAll()
    await page.goto('about:blank')
    await page.goto(`${url}/r/${ownership.id}`, { waitUntil: 'networkidle' })
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
    // The wrong keys were refused.
    expect(complaints.filter((words) => !/status of 40[013]/.test(words))).toEqual([])
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

/** A JPEG as a browser's canvas makes it. */
async function photo(): Promise<Uint8Array<ArrayBuffer>> {
  const picture = sharp({ create: { width: 480, height: 600, channels: 3, background: '#a07060' } })
  return new Uint8Array(await picture.jpeg().toBuffer())
}

/** Shares something, and deletes it at the end. */
async function withShared<T>(
  wish: { title: string; photo?: boolean; head?: boolean; visibility?: 'listed' | 'unlisted' },
  use: (shared: Awaited<ReturnType<typeof shareResult>>) => Promise<T>,
): Promise<T> {
  const { title, visibility } = wish
  const face = await validParts({ seed: Date.now() })
  const parts = {
    ...face,
    ...(wish.head && (await headParts(face, { moves: true }))),
    ...(wish.photo && { 'photo.jpg': await photo() }),
  }
  const shared = await shareResult(parts, { origin: url, title, visibility })
  try {
    return await use(shared)
  } finally {
    const headers = { authorization: `Bearer ${shared.ownership.owner}` }
    await fetch(`${url}/api/results/${shared.ownership.id}`, { method: 'DELETE', headers })
  }
}

test('a photo that was shared is shown small, and large without a script', () =>
  withShared({ title: 'With a photo', photo: true }, async ({ result }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' })
    const { page, complaints } = await open(context)
    await page.goto(url + result.page)
    await button(page, 'Das Foto').click()
    const large = page.getByRole('img', { name: 'Woraus es entstanden ist' })
    await large.waitFor()
    await page.keyboard.press('Escape')
    await large.waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])
    await context.close()
  }))

describe('a thumbnail of the gallery', () => {
  const title = 'Thumbnail'
  /** The gallery with one entry, and which files with a face it has asked for. */
  const visit = (use: (page: Page, faces: string[]) => Promise<void>, script?: () => void) =>
    withShared({ title, visibility: 'listed' }, async () => {
      const context = await browser.newContext({ reducedMotion: 'reduce' })
      const { page, complaints } = await open(context)
      const faces: string[] = []
      page.on('request', (request) => request.url().endsWith('.glb') && faces.push(request.url()))
      if (script) await page.addInitScript(script)
      await page.goto(`${url}/gallery?lang=en`, { waitUntil: 'networkidle' })
      await use(page, faces)
      expect(complaints).toEqual([])
      await context.close()
    })
  const link = (page: Page) => page.getByRole('link', { name: new RegExp(title) })
  const face = (page: Page) => page.locator('.turning face-viewer canvas')

  test('becomes a 3D face under a resting mouse, looks after it, and leads on by a click', () =>
    visit(async (page, faces) => {
      await link(page).hover()
      await face(page).waitFor({ timeout: 60_000 })
      expect(faces).toHaveLength(1)
      const seen = async () => (await link(page).screenshot()).toString('base64')
      const before = await seen()
      const { x, y, height } = (await link(page).boundingBox())!
      await page.mouse.move(x + 5, y + height / 3)
      await expect.poll(seen, { timeout: 30_000 }).not.toBe(before)
      await page.mouse.move(0, 0)
      await face(page).waitFor({ state: 'detached' })
      await link(page).click()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }))

  test('and by its button, which keys reach: Escape puts the picture back', () =>
    visit(async (page) => {
      await link(page).focus()
      await page.keyboard.press('Tab')
      const in3d = button(page, `${title} in 3D`)
      expect(await in3d.evaluate((element) => element === document.activeElement)).toBe(true)
      await page.keyboard.press('Enter')
      await face(page).waitFor({ timeout: 60_000 })
      expect(await in3d.getAttribute('aria-pressed')).toBe('true')
      await page.keyboard.press('Escape')
      await face(page).waitFor({ state: 'detached' })
      expect(await in3d.getAttribute('aria-pressed')).toBe('false')
    }))

  test('loads nothing under a mouse where the visitor saves data', () =>
    visit(
      async (page, faces) => {
        await link(page).hover()
        await page.waitForTimeout(1000)
        expect(faces).toEqual([])
        await button(page, `${title} in 3D`).click()
        await face(page).waitFor({ timeout: 60_000 })
      },
      () => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
    ))
})

test.each(['light', 'dark'] as const)('axe finds nothing serious (%s)', (colorScheme) =>
  withShared(
    { title: 'For everyone', photo: true, head: true, visibility: 'listed' },
    async ({ result, ownership }) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce', bypassCSP: true })
      const page = await context.newPage()
      const findings: string[] = []
      const look = async (where: string) =>
        findings.push(...(await seriousFindings(page)).map((finding) => `${where}: ${finding}`))

      await page.goto(`${url}/gallery`, { waitUntil: 'networkidle' })
      await look('gallery')
      await page.getByRole('button', { name: 'For everyone in 3D' }).click()
      await page.locator('.turning face-viewer canvas').waitFor({ timeout: 60_000 })
      await look('gallery, 3D')
      await page.goto(url + result.page, { waitUntil: 'networkidle' })
      await look('result')
      await button(page, 'The photo').click()
      await look('result, photo')
      await page.keyboard.press('Escape')
      await button(page, 'Turn it in 3D').click()
      await page.locator('.stage > img').waitFor({ state: 'detached', timeout: 60_000 })
      await page.getByText('Expressions', { exact: true }).click()
      const picture = async () => (await page.locator('face-viewer').screenshot()).toString('base64')
      const atRest = await picture()
      await page.getByLabel('Open mouth').press('End')
      await expect.poll(picture, { timeout: 30_000 }).not.toBe(atRest)
      await button(page, 'At rest').click()
      await expect.poll(picture, { timeout: 30_000 }).toBe(atRest)
      await page.getByText('Report this result').click()
      await look('result, 3D, expressions and report')
      await page.evaluate(
        ([key, token]) => localStorage.setItem(key, token),
        [`facerefiner:owner:${ownership.id}`, ownership.owner],
      )
      await page.goto(`${url}${result.page}?lang=de`, { waitUntil: 'networkidle' })
      await page.locator('#owner').waitFor()
      await look('owner')
      await button(page, 'Löschen').click()
      await look('owner, delete')
      await page.goto(`${url + result.page}?reported`)
      await look('reported')
      await page.goto(`${url}/r/nothing`)
      await look('message')
      expect(findings).toEqual([])
      await context.close()
    },
  ),
)
