import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'
import { saveData } from '../support/save-data.ts'
import { twoFaces } from '../support/two-faces.ts'
import { at, backToPhoto, makeButton, makeHead } from '../support/walk.ts'

// Whatever goes wrong with a photo, there is a way on from it.

const sample = readFileSync(new URL('../../client/app/sample/astronaut.png', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'facerefiner-camera-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const launch = (...args: string[]) =>
  chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', ...args] })

/** A webcam that sees this picture. */
async function webcam(picture: Buffer): Promise<string[]> {
  const path = join(folder, 'camera.mjpeg')
  writeFileSync(path, await sharp(picture).resize(720, 720).jpeg({ quality: 95 }).toBuffer())
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ]
}

async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage()
  await saveData(page)
  await page.goto(inject('url'))
  return page
}

const give = (page: Page, name: string, buffer: Buffer) =>
  page.locator('.panel input[type=file]').first().setInputFiles({ name, mimeType: 'image/png', buffer })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { name, exact: true }).waitFor({ timeout: 60_000 })
const primary = (page: Page) => page.locator('.panel .primary').allInnerTexts()
/** Brush and the button that makes a head. */
const controls = (page: Page) => page.locator('.brush, .button:text-is("Make the head")').count()
const wall = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#7a8' } })
    .png()
    .toBuffer()

describe('a photo from a file', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launch()
    page = await visit(browser)
  })
  afterAll(() => browser?.close())

  test('something over the mouth is shown, left out by one click, and taken back by another', async () => {
    const over = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><circle cx="228" cy="168" r="26" fill="#1b1b1d"/></svg>',
    )
    await give(
      page,
      'microphone.png',
      await sharp(sample)
        .composite([{ input: over }])
        .png()
        .toBuffer(),
    )
    await at(page, 'result')
    await backToPhoto(page)
    const offer = page.locator('.message.cover')
    await offer.waitFor({ timeout: 60_000 })
    expect(await offer.innerText()).toContain('Something covers the mouth here.')
    expect(await seriousFindings(page)).toEqual([])
    /** How much of the photo is in a colour of paint. */
    const painted = (red: boolean) =>
      page.locator('photo-board .paint').evaluate((canvas: HTMLCanvasElement, wantsRed) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        let count = 0
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] > 127 && data[i] > data[i + 2] === wantsRed) count++
        return count
      }, red)
    const proposed = await painted(true)
    expect(proposed).toBeGreaterThan(500)
    await button(page, 'Leave it out').click()
    await offer.waitFor({ state: 'detached' })
    expect(await painted(true)).toBe(0)
    expect(await painted(false)).toBeGreaterThan(0.9 * proposed)
    await button(page, 'Undo').click()
    await offer.waitFor()
    expect(await painted(false)).toBe(0)
    await give(page, 'plain.png', sample)
    await offer.waitFor({ state: 'detached' })
    await at(page, 'result')
    await backToPhoto(page)
    expect(await offer.count()).toBe(0)
  })

  test('no face: another photo, the webcam, the picture turned, the sample', async () => {
    await give(page, 'wall.png', await wall())
    await heading(page, 'No face found')
    expect(await controls(page)).toBe(0)
    expect(await primary(page)).toEqual(['Another photo'])
    expect(await button(page, 'Take a photo').isVisible()).toBe(true)
    expect(await seriousFindings(page)).toEqual([])
    const sides = () =>
      page
        .locator('photo-board img')
        .evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])
    for (const turned of [
      [300, 400],
      [400, 300],
    ]) {
      await button(page, 'Turn the picture').click()
      await expect.poll(sides, { timeout: 30_000 }).toEqual(turned)
      await heading(page, 'No face found')
    }
    await page.locator('.sample').click()
    await at(page, 'result')
    await backToPhoto(page)
  })

  test('a tiny face: which size it has and which is needed, and nothing to refine it with', async () => {
    await give(page, 'small.png', await sharp(sample).resize(150).png().toBuffer())
    await heading(page, 'The face is too small')
    expect(await page.getByRole('alert').innerText()).toMatch(
      /is 3\d px wide; use a photo where it is at least 64 px/,
    )
    expect(await controls(page)).toBe(0)
    expect(await primary(page)).toEqual(['Another photo'])
  })

  test('a tiny face beside a large one: the large one can be chosen again', async () => {
    await give(page, 'two.png', await twoFaces(sample, 250))
    await at(page, 'result')
    await backToPhoto(page)
    const faces = page.locator('photo-board button.face')
    await faces.nth(1).click()
    await heading(page, 'The face is too small')
    expect(await controls(page)).toBe(0)
    await faces.nth(0).click()
    await heading(page, 'Face found')
    expect(await controls(page)).toBe(2)
  })

  test('a brush that left nothing of the face can be cleared, and the face refined', async () => {
    await give(page, 'astronaut.png', sample)
    await at(page, 'result')
    await backToPhoto(page)
    const words = () => page.locator('.found-words').innerText()
    // Until then they are of the photo before.
    await expect.poll(words, { timeout: 30_000 }).toMatch(/^One face/)
    const before = await words()
    await button(page, 'Brush').click()
    await page.waitForTimeout(500)
    const { x, y, width, height } = (await page.locator('photo-board').boundingBox())!
    await page.getByLabel('Brush size').fill('0.4')
    await page.mouse.move(x + width * 0.25, y + height * 0.1)
    await page.mouse.down()
    for (let row = 0.1; row <= 0.95; row += 0.1) {
      await page.mouse.move(x + width * 0.25, y + height * row)
      await page.mouse.move(x + width * 0.75, y + height * row, { steps: 3 })
    }
    await page.mouse.up()
    await makeButton(page).click()
    const alert = page.getByRole('alert').locator('p')
    expect(await alert.innerText({ timeout: 120_000 })).toMatch(/painted over: take some of that back/)
    await button(page, 'Clear the brush').click()
    await alert.waitFor({ state: 'detached' })
    expect(await button(page, 'Undo').isDisabled()).toBe(true)
    // What is said of the face is what it was without the paint.
    expect(await words()).toBe(before)
    await makeHead(page)
    await backToPhoto(page)
  })

  test('the tiny face in German, with its numbers', async () => {
    const german = await visit(browser, { locale: 'de-DE' })
    await give(german, 'klein.png', await sharp(sample).resize(150).png().toBuffer())
    await heading(german, 'Das Gesicht ist zu klein')
    expect(await german.getByRole('alert').innerText()).toMatch(/ist 3\d\spx breit: .* mindestens 64\spx/)
    await german.context().close()
  })

  test('a connection that fails: the same photo can be tried again', async () => {
    const poor = await visit(browser, { serviceWorkers: 'block' })
    await poor.context().route(/\/models\/[0-9a-f]{16}\//, (route) => route.abort())
    await give(poor, 'astronaut.png', sample)
    await heading(poor, 'That did not work')
    expect(await poor.getByRole('alert').innerText()).toMatch(/could not be downloaded/)
    expect(await primary(poor)).toEqual(['Try again'])
    await poor.context().unrouteAll({ behavior: 'wait' })
    await button(poor, 'Try again').click()
    await at(poor, 'result')
    await poor.context().close()
  })

  test('texts of another language that cannot be fetched leave the page in its own', async () => {
    const poor = await visit(browser, { serviceWorkers: 'block' })
    await poor.route(/\/assets\/de-/, (route) => route.abort())
    // The refusal may come before the choice was drawn, or after.
    for (let time = 0; time < 4; time++) {
      await poor.getByLabel('Language').selectOption('de')
      expect(await poor.getByRole('alert').innerText()).toMatch(/texts of that language could not be fetched/)
      await expect.poll(() => poor.getByLabel('Language').inputValue()).toBe('en')
    }
    await poor.context().close()
  })
})

describe('a photo from the webcam', () => {
  test('no face: take it again comes first; Escape leaves the camera', async () => {
    const browser = await launch(...(await webcam(await wall())))
    const page = await visit(browser, { permissions: ['camera'] })
    await button(page, 'Take a photo').click()
    await page.keyboard.press('Escape')
    await button(page, 'Take a photo').click()
    await expect.poll(() => button(page, 'Take the photo').isEnabled(), { timeout: 20_000 }).toBe(true)
    await button(page, 'Take the photo').click()
    await heading(page, 'No face found')
    expect(await primary(page)).toEqual(['Take it again'])
    await button(page, 'Take it again').click()
    await heading(page, 'Take a photo')
    await button(page, 'Back').click()
    await heading(page, 'No face found')
    await browser.close()
  })

  test('a dark face: says so, and take it again comes before the download', async () => {
    const dark = await sharp(sample).linear(0.17, 0).png().toBuffer()
    const browser = await launch(...(await webcam(dark)))
    const page = await visit(browser, { permissions: ['camera'] })
    await button(page, 'Take a photo').click()
    await expect.poll(() => button(page, 'Take the photo').isEnabled(), { timeout: 20_000 }).toBe(true)
    await button(page, 'Take the photo').click()
    await at(page, 'result')
    await page.getByText(/^The face is dark in this photo.+Take it again with more light/).waitFor()
    expect(await primary(page)).toEqual(['Take it again'])
    expect(await button(page, 'Download').isEnabled()).toBe(true)
    await backToPhoto(page)
    expect(await primary(page)).toEqual(['Take it again'])
    expect(await makeButton(page).isEnabled()).toBe(true)
    await page.goForward()
    await at(page, 'result')
    await button(page, 'Take it again').click()
    await heading(page, 'Take a photo')
    await button(page, 'Back').click()
    await at(page, 'result')
    await browser.close()
  })

  test('not allowed: says so, and offers the rest', async () => {
    const browser = await launch('--use-fake-device-for-media-stream')
    const page = await visit(browser)
    await button(page, 'Take a photo').click()
    expect(await page.getByRole('alert').innerText()).toMatch(/may not use the camera/)
    expect(await primary(page)).toEqual(['Choose a photo'])
    expect(await page.locator('.sample').isVisible()).toBe(true)
    await browser.close()
  })
})
