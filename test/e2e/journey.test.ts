import { readFileSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'
import { headShown } from '../support/head-shown.ts'
import { saveData } from '../support/save-data.ts'
import { shortenRuns } from '../support/short-runs.ts'
import {
  at,
  backToPhoto,
  details,
  makeHead,
  openFiner,
  openSample,
  paintCheek,
  refine,
} from '../support/walk.ts'

let browser: Browser

beforeAll(async () => {
  // No WebGPU here, WebGL in software.
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
})
afterAll(() => browser?.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Bodies that look like a picture or a 3D face. */
function pictureIn({ url, method, body }: Sent): string | null {
  const text = body.toString('latin1')
  const kinds: [string, RegExp][] = [
    ['JPEG', /\xff\xd8\xff/],
    ['PNG', /\x89PNG/],
    ['WebP', /RIFF....WEBP/s],
    ['GLB', /glTF/],
    ['data URL', /data:image/],
  ]
  const kind = kinds.find(([, pattern]) => pattern.test(text))
  return kind ? `${method} ${url}: ${kind[0]}` : null
}

interface Sent {
  method: string
  url: string
  body: Buffer
}

describe('from a photo to a link that another browser opens', () => {
  let context: BrowserContext
  let page: Page
  let link: string
  const sent: Sent[] = []
  const complaints: string[] = []
  beforeAll(async () => {
    context = await browser.newContext({
      reducedMotion: 'reduce',
      permissions: ['clipboard-write'],
      serviceWorkers: 'block',
    })
    // Enough to leave one in the middle.
    await shortenRuns(context, [8, 14])
    await saveData(context)
    context.on('request', (request: Request) => {
      const body = request.postDataBuffer()
      if (body) sent.push({ method: request.method(), url: request.url(), body })
    })
    await open()
  })
  afterAll(() => context?.close())

  async function open() {
    page = await context.newPage()
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(inject('url'))
    await page.getByText('Use the sample').waitFor()
  }

  const offer = () => page.getByRole('region', { name: 'Go on where it stopped?' })

  test('Back in the middle of a run leads to the head that it was begun from, which offers to go on', async () => {
    expect(await seriousFindings(page)).toEqual([])
    await openSample(page)
    expect(await seriousFindings(page)).toEqual([])
    await backToPhoto(page)
    expect(await seriousFindings(page)).toEqual([])
    // So that there is something to be made that can be seen.
    await paintCheek(page)
    await makeHead(page)
    await openFiner(page)
    expect(await seriousFindings(page)).toEqual([])
    await refine(page)
    await expect.poll(() => page.evaluate(keptCheckpoint), { timeout: 120_000 }).toBeGreaterThan(0)
    expect(await seriousFindings(page)).toEqual([])
    await page.goBack()
    await at(page, 'result')
    await offer().waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await button(page, 'Go on').click()
    await page.locator('main.refining').waitFor({ timeout: 60_000 })
    // Of the same head.
    expect(await page.locator('face-viewer').getAttribute('aria-label')).toMatch(/^The head/)
  })

  test('so does a page that is closed in the middle of a run', async () => {
    await page.close()
    await open()
    await offer().waitFor()
    expect(await offer().innerText()).toMatch(/“astronaut\.jpg” was \d+% done/)
    expect(await seriousFindings(page)).toEqual([])
  })

  test('and goes on to the result, after which nothing of it is kept', async () => {
    await button(page, 'Go on').click()
    await page.locator('main.refining').waitFor()
    await page.locator('main.result').waitFor({ timeout: 240_000 })
    await details(page).locator('summary').click()
    // The steps before the page was closed are part of the run.
    expect(await details(page).innerText()).toMatch(/Coarse pass, 128\spx/)
    await expect.poll(() => page.evaluate(keptCheckpoint), { timeout: 10_000 }).toBe(0)
    expect(await seriousFindings(page)).toEqual([])
  })

  test('before and after lie on the head, which is turned beside the line, by hand and by keys', async () => {
    await headShown(page)
    await button(page, 'Before, after').click()
    const viewer = page.locator('face-viewer')
    await viewer.locator('.other').waitFor({ timeout: 30_000 })
    expect(await page.locator('.side').allInnerTexts()).toEqual(['Before refining', 'Refined'])
    expect(await seriousFindings(page)).toEqual([])
    const line = () =>
      page.evaluate(() => document.querySelector<HTMLElement>('.stage')!.style.getPropertyValue('--at'))
    const slider = page.getByLabel('How much of the left picture is shown, in percent')
    await slider.press('ArrowRight')
    expect(await line()).toBe('50.5%')
    const { x, y, width, height } = (await viewer.boundingBox())!
    const drag = async (from: number, to: number) => {
      await page.mouse.move(x + width * from, y + height * 0.3)
      await page.mouse.down()
      await page.mouse.move(x + width * to, y + height * 0.3, { steps: 5 })
      await page.mouse.up()
    }
    await drag(0.505, 0.8)
    expect(Number.parseFloat(await line())).toBeCloseTo(80, -1)
    // The two textures on the same head, both of them turned.
    const pictures = () =>
      viewer
        .locator('canvas')
        .evaluateAll((all) => all.map((each) => (each as HTMLCanvasElement).toDataURL()))
    const turn = async (way: () => Promise<void>) => {
      const before = await pictures()
      await way()
      await expect
        .poll(async () => (await pictures()).map((each, i) => each !== before[i]), { timeout: 30_000 })
        .toEqual([true, true])
      const [after, other] = await pictures()
      expect(after).not.toBe(other)
    }
    await turn(() => drag(0.3, 0.4))
    expect(Number.parseFloat(await line())).toBeCloseTo(80, -1)
    await turn(() => viewer.press('ArrowLeft'))
    await button(page, '3D head').click()
    await viewer.locator('.other').waitFor({ state: 'detached' })
  })

  test('what is changed is undone by Ctrl Z and by its button, and done again', async () => {
    const shoulders = page.getByLabel('Shoulders in plain cloth')
    const light = () => button(page, 'Light of a studio').getAttribute('aria-pressed')
    await shoulders.uncheck()
    await button(page, 'Light of a studio').click()
    await expect.poll(light).toBe('true')
    await page.keyboard.press('Control+z')
    await expect.poll(light).toBe('false')
    await page.getByRole('status').getByText('Undone: the light.').waitFor()
    await button(page, 'Undo').click()
    await expect.poll(() => shoulders.isChecked()).toBe(true)
    expect(await button(page, 'Undo').getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(() => shoulders.isChecked()).toBe(false)
    await page.keyboard.press('Control+z')
    await expect.poll(() => shoulders.isChecked()).toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    await headShown(page)
    await page.locator('.panel progress').waitFor({ state: 'detached' })
  })

  test('sharing shows what would be sent, and sends nothing before it is agreed to', async () => {
    await headShown(page)
    await button(page, 'Share').click()
    const files = page.locator('.offered li')
    await expect.poll(() => files.count(), { timeout: 30_000 }).toBe(6)
    expect((await files.allInnerTexts()).join('\n')).not.toContain('photo.jpg')
    const upload = button(page, 'Upload and get a link')
    expect(await upload.isDisabled()).toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    await page.getByLabel('Also the photo itself').check()
    await expect.poll(() => files.count(), { timeout: 30_000 }).toBe(7)
    await page.getByLabel('Also the photo itself').uncheck()
    await expect.poll(() => files.count(), { timeout: 30_000 }).toBe(6)
    expect(sent).toEqual([])
  })

  test('once agreed to, exactly the listed files are sent, and there are a link and its code', async () => {
    await page.getByLabel('Title').fill('The first <i>journey</i>')
    await page.getByLabel('This is my face, or its owner agrees.').check()
    await button(page, 'Upload and get a link').click()
    await page.getByRole('img', { name: /^QR code of/ }).waitFor({ timeout: 60_000 })
    link = await page.getByLabel('Link', { exact: true }).inputValue()
    expect(link).toMatch(/\/r\/[\w-]{22}$/)
    expect(await seriousFindings(page)).toEqual([])
    const parts = sent.filter(({ method }) => method === 'PUT').map(({ url }) => url.split('/').at(-1))
    expect(parts.sort()).toEqual([
      ...['face.glb', 'head.glb', 'preview.jpg', 'record.json', 'sampled.png', 'texture.png'],
    ])
    const others = sent.filter(({ method }) => method !== 'PUT').map(pictureIn)
    expect(others.filter(Boolean)).toEqual([])
    await button(page, 'Copy the link').click()
    await button(page, 'Copied').waitFor()
  })

  test('another browser profile opens the link, sees the face and has no power over it', async () => {
    const other = await browser.newContext({ reducedMotion: 'reduce' })
    const visitor = await other.newPage()
    await visitor.goto(link)
    expect(await visitor.getByRole('heading', { level: 1 }).innerText()).toBe('The first <i>journey</i>')
    const preview = await visitor.locator('meta[property="og:image"]').getAttribute('content')
    const picture = await sharp(await (await fetch(preview!)).arrayBuffer()).metadata()
    expect(picture).toMatchObject({ format: 'jpeg', width: 1200, height: 630 })
    expect([picture.exif, picture.icc, picture.xmp]).toEqual([undefined, undefined, undefined])
    expect(await visitor.locator('#owner').isVisible()).toBe(false)
    await other.close()
  })

  test('its maker deletes it again', async () => {
    await button(page, 'Delete it again').click()
    await page.getByText('Deleted: the link leads nowhere now.').waitFor()
    expect((await fetch(link)).status).toBe(404)
    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
  })

  test('a second run can be compared with the first', async () => {
    await backToPhoto(page)
    await page.locator('.runs').waitFor()
    await button(page, 'Run 1 Draft, 256 px').click()
    await page.locator('main.result').waitFor()
  })
})

test('the head at once can be downloaded and shared as it is', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  await saveData(context)
  const page = await context.newPage()
  await page.goto(inject('url'))
  await openSample(page)
  await headShown(page)
  await button(page, 'Download').click()
  const offered = page.locator('dialog').getByRole('button', { name: /^How it was made/ })
  const [download] = await Promise.all([page.waitForEvent('download'), offered.click()])
  const record = JSON.parse(readFileSync(await download.path(), 'utf8'))
  expect(record).toMatchObject({ preset: 'instant', optimised: false, optimisedTexels: 0, backbone: null })
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
  await button(page, 'Share').click()
  await page.getByLabel('This is my face, or its owner agrees.').check()
  await button(page, 'Upload and get a link').click()
  await page.getByRole('img', { name: /^QR code of/ }).waitFor({ timeout: 60_000 })
  const link = await page.getByLabel('Link', { exact: true }).inputValue()
  expect((await fetch(link)).status).toBe(200)
  await button(page, 'Delete it again').click()
  await page.getByText('Deleted: the link leads nowhere now.').waitFor()
  await context.close()
})

test('German, by the browser’s wish and by hand, in the dark', async () => {
  const context = await browser.newContext({ locale: 'de-AT', colorScheme: 'dark' })
  const page = await context.newPage()
  await page.goto(inject('url'))
  await page.getByRole('heading', { name: 'Mach aus einem Foto einen 3D-Kopf' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
  expect(await seriousFindings(page)).toEqual([])
  await page.locator('.panel input[type=file]').setInputFiles({
    name: 'brief.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Sehr geehrte Damen und Herren'),
  })
  const alert = page.getByRole('alert').locator('p')
  expect(await alert.innerText()).toMatch(/^„brief\.txt“ ist kein Bild/)
  expect(await seriousFindings(page)).toEqual([])
  await page.getByLabel('Sprache').selectOption('en')
  await page.getByRole('heading', { name: 'Turn a photo of a face into a 3D head' }).waitFor()
  await context.close()
})

test.each(['en', 'de'])('nothing is wider than the window, in the language %s', async (locale) => {
  const context = await browser.newContext({ locale })
  await saveData(context)
  const page = await context.newPage()
  await page.goto(inject('url'))
  const isNarrow = async () => {
    for (const width of [390, 768, 1440]) {
      await page.setViewportSize({ width, height: 844 })
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    }
  }
  await openSample(page)
  await openFiner(page)
  await isNarrow()
  await backToPhoto(page)
  await page.locator('.found-words small').waitFor()
  await isNarrow()
  await context.close()
})

/** Runs in the page: how many bytes of checkpoints it has kept. */
function keptCheckpoint(): Promise<number> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('facerefiner')
    opening.onsuccess = () => {
      const { result: database } = opening
      if (!database.objectStoreNames.contains('run')) return resolve(0)
      const reading = database.transaction('run').objectStore('run').get('checkpoint')
      reading.onsuccess = () => {
        database.close()
        resolve(reading.result?.checkpoint.content.byteLength ?? 0)
      }
    }
  })
}
