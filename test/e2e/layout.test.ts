import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { shareResult } from '../../client/share/api.ts'
import { chromiumPath } from '../chromium.ts'
import { foreignLines, misfits } from '../support/fits.ts'
import { validParts } from '../support/parts.ts'
import { saveData } from '../support/save-data.ts'
import { shortenRuns } from '../support/short-runs.ts'
import {
  backToPhoto,
  details,
  makeHead,
  openFiner,
  openSample,
  paintCheek,
  refine,
  refineToTheEnd,
} from '../support/walk.ts'

const url = inject('url')
let browser: Browser
beforeAll(async () => {
  // No WebGPU here, WebGL in software.
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
})
afterAll(() => browser?.close())

/** The narrowest phone, a usual one, and a small window at a zoom of 200%, whose pixels count double. */
const sizes = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 640, height: 400 },
]
const phone = sizes[1]

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const isPressed = async (button: Locator) => (await button.getAttribute('aria-pressed')) === 'true'

/** Does a click in the middle of it reach it? */
const isInSight = (control: Locator) =>
  control.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, top + height / 2)
    return hit !== null && (element === hit || element.contains(hit))
  })

describe('in German, on a phone', () => {
  let context: BrowserContext
  let page: Page
  beforeAll(async () => {
    context = await browser.newContext({
      locale: 'de',
      reducedMotion: 'reduce',
      viewport: phone,
      hasTouch: true,
      isMobile: true,
      serviceWorkers: 'block',
    })
    await shortenRuns(context)
    await saveData(context)
    page = await context.newPage()
    await page.goto(url)
    await page.locator('.sample').waitFor()
  })
  afterAll(() => context?.close())

  /** The screen as it is fits in both languages, and says nothing in the other one. */
  async function lookOver() {
    for (const language of ['en', 'de']) {
      // Beneath a dialog nothing can be chosen by hand.
      await page.getByRole('combobox', { includeHidden: true }).first().evaluate(chooseLanguage, language)
      // Its words are fetched.
      await expect
        .poll(() => page.evaluate(() => document.documentElement.lang), { timeout: 15_000 })
        .toBe(language)
      for (const size of sizes) {
        await page.setViewportSize(size)
        await expect
          .poll(() => misfits(page), { message: `${language}, ${size.width} px`, timeout: 10_000 })
          .toEqual([])
      }
      expect(await foreignLines(page)).toEqual([])
    }
    await page.setViewportSize(phone)
  }

  test('the first screen asks to tap, since nothing can be dropped here', async () => {
    await lookOver()
    expect(await page.locator('.drop-zone').innerText()).toBe(
      'Tippe hier, um ein Foto von einem Gesicht auszuwählen',
    )
    expect(await page.title()).toBe('FaceRefiner: Aus einem Foto wird ein 3D-Kopf')
  })

  test('a file that is no photo', async () => {
    const file = { name: 'brief.txt', mimeType: 'text/plain', buffer: Buffer.from('Sehr geehrte Damen') }
    await page.locator('.panel input[type=file]').setInputFiles(file)
    await page.getByRole('alert').locator('p').waitFor()
    await page.setViewportSize(sizes[0])
    expect(await misfits(page)).toEqual([])
    await page.setViewportSize(phone)
    expect(await foreignLines(page)).toEqual([])
  })

  test('the brush’s tools are in sight beside the photo while it is out', async () => {
    await openSample(page)
    await lookOver()
    await backToPhoto(page)
    await page.locator('.found-words small').waitFor()
    await lookOver()
    for (const size of sizes) {
      await page.setViewportSize(size)
      await button(page, 'Pinsel').click()
      // The page is drawn with the next frame, and then scrolled.
      await page.locator('main.brushing').waitFor()
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      const tools = await page.locator('.tools :is(button, input)').all()
      expect(tools).toHaveLength(4)
      for (const tool of tools)
        await expect.poll(() => isInSight(tool), { message: `${size.width}` }).toBe(true)
      const photo = await page.locator('photo-board').boundingBox()
      const { y } = (await tools[0].boundingBox())!
      // At least half of the photo is there to be painted on.
      expect(Math.min(y, photo!.y + photo!.height) - Math.max(0, photo!.y)).toBeGreaterThan(photo!.height / 2)
      await button(page, 'Pinsel').click()
    }
    await page.setViewportSize(phone)
  })

  test('a run says in German what it is at, and on what', async () => {
    await makeHead(page)
    await openFiner(page)
    await page.getByText(/Kleine Textur, (hier etwa|ein paar)/).waitFor({ timeout: 120_000 })
    await lookOver()
    await refine(page)
    await page.locator('.progress-words').filter({ hasText: 'wird gemacht' }).waitFor({ timeout: 120_000 })
    await details(page).locator('summary').click()
    await lookOver()
    const words = await page.locator('.panel').innerText()
    expect(words).toMatch(/Läuft auf\s+CPU mit \d+ Threads?: Dieser Browser hat kein/)
    expect(words).toMatch(/Einstellung\s+Entwurf, 256\spx/)
    expect(await page.locator('.panel .unseen[role=status]').textContent()).toMatch(
      /^(Grober|Feiner) Durchgang, \d+\s% fertig$/,
    )
    await page.locator('main.result').waitFor({ timeout: 240_000 })
  })

  test('sharing is in sight without scrolling', async () => {
    for (const { width, height } of [phone, { width: 375, height: 667 }, sizes[0]]) {
      await page.setViewportSize({ width, height })
      await page.evaluate(() => scrollTo(0, 0))
      const { y, height: tall } = (await button(page, 'Teilen').boundingBox())!
      expect(y + tall).toBeLessThanOrEqual(height)
      expect(await isInSight(button(page, 'Teilen'))).toBe(true)
    }
    await page.setViewportSize(phone)
  })

  test('the result and its details, with German numbers', async () => {
    await details(page).locator('summary').click()
    await lookOver()
    const words = await details(page).innerText()
    expect(words).toMatch(/Was getan wurde\s+\d+\.\d{3} Texel \(\d+\s%\), die keine Seite des Fotos zeigt/)
    expect(words).toMatch(/Einstellung\s+Entwurf, 256\spx/)
    expect(words).toMatch(/Grober Durchgang, 128\spx\s+(\d+,\d|\d+)\ss, nach (\d+,\d|\d+)\ss Vorbereitung/)
    expect(words).toMatch(/Stil \(REMD\), zuletzt\s+0,\d+/)
    expect(words).toMatch(/Gedreht um\s+−?\d+°, geneigt um −?\d+°/)
    expect(words).not.toMatch(/\d\.\d{1,2}\b/)
  })

  test('the view that was chosen is marked, until the face is turned away', async () => {
    const side = button(page, 'Seite')
    expect(await isPressed(side)).toBe(false)
    await side.click()
    await expect.poll(() => isPressed(side)).toBe(true)
    expect(await page.locator('.views [aria-pressed=true]').count()).toBe(1)
    await page.locator('face-viewer').press('+')
    expect(await isPressed(side)).toBe(true)
    await page.locator('face-viewer').press('ArrowRight')
    await expect.poll(() => page.locator('.views [aria-pressed=true]').count()).toBe(0)
    await button(page, 'Vorn').click()
    await expect.poll(() => isPressed(button(page, 'Vorn'))).toBe(true)
  })

  test('a switch lights the head as in a studio, whose light can be moved, and gives the photo’s light back', async () => {
    const slider = page.getByRole('slider', { name: 'Licht bewegen' })
    const studio = button(page, 'Licht eines Studios')
    const viewer = page.locator('face-viewer')
    const brightness = async () => {
      // Without what lies over the head.
      const style = '.stage > :not(face-viewer) { visibility: hidden }'
      const { channels } = await sharp(await viewer.screenshot({ style })).stats()
      return channels[0].mean
    }
    // The head comes after the face.
    await page.locator('.hair-open').waitFor({ timeout: 60_000 })
    // Drawing may take its time where a processor does it: the picture of the size before stays until then.
    const isOfItsSize = () =>
      viewer.evaluate((element) => {
        const { width, height } = element.querySelector('canvas')!
        const { clientWidth, clientHeight } = element
        return Math.abs(width / height - clientWidth / clientHeight) < 0.01
      })
    // And the last turn may be under way.
    let before = await brightness()
    const stands = async () => {
      const last = before
      before = await brightness()
      return before === last && isOfItsSize()
    }
    await expect.poll(stands, { interval: 1500, timeout: 30_000 }).toBe(true)
    expect(await isPressed(studio)).toBe(false)
    expect(await slider.count()).toBe(0)
    await studio.click()
    await expect.poll(() => isPressed(studio)).toBe(true)
    expect(await slider.getAttribute('aria-valuetext')).toBe('40° von links')
    await slider.press('End')
    // The page is drawn with the next frame.
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('80° von rechts')
    await expect
      .poll(async () => Math.abs((await brightness()) - before), { timeout: 20_000 })
      .toBeGreaterThan(2)
    await lookOver()
    await studio.click()
    await expect.poll(isOfItsSize, { timeout: 30_000 }).toBe(true)
    await expect
      .poll(async () => Math.abs((await brightness()) - before), { timeout: 20_000 })
      .toBeLessThan(1)
    expect(await slider.count()).toBe(0)
  })

  test('a switch tells what comes from where, in three colours with their names', async () => {
    const switched = button(page, 'Was woher kommt')
    const bluish = async () => {
      const { channels } = await sharp(await page.locator('face-viewer').screenshot()).stats()
      return channels[2].mean - channels[1].mean
    }
    const before = await bluish()
    await switched.click()
    await expect
      .poll(() => page.locator('.legend li').allInnerTexts())
      .toEqual(['Aus deinem Foto', 'Gespiegelt', 'Passend gemacht'])
    await expect.poll(bluish, { timeout: 20_000 }).toBeGreaterThan(before + 10)
    await lookOver()
    await switched.click()
    await expect.poll(bluish, { timeout: 20_000 }).toBeLessThan(before + 1)
    expect(await page.locator('.legend').count()).toBe(0)
  })

  test('the dialogs fit, and say sizes in kB', async () => {
    await button(page, 'Herunterladen').click()
    await page.locator('dialog[open]').waitFor()
    await lookOver()
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await button(page, 'Teilen').click()
    await expect.poll(() => page.locator('.offered li').count(), { timeout: 30_000 }).toBe(6)
    await lookOver()
    expect(await page.locator('.offered').innerText()).toMatch(/face\.glb, \d+\skB/)
    expect(await page.locator('.offered').innerText()).toMatch(/head\.glb, [\d,]+\s[kM]B/)
    await page.keyboard.press('Escape')
  })

  test('two runs that are compared have a label each, even with the same settings', async () => {
    await backToPhoto(page)
    await paintCheek(page)
    await makeHead(page)
    await refineToTheEnd(page)
    // The head at once, which came between, makes place for the next.
    await backToPhoto(page)
    await makeHead(page)
    await page.locator('.runs button').nth(1).click()
    await button(page, 'Mit dem Lauf davor').click()
    const labels = page.locator('.stage .side')
    await expect.poll(() => labels.count()).toBe(2)
    const said = (await labels.allInnerTexts()).map((label) => label.replace(/\s/g, ' '))
    expect(said).toEqual(['Lauf 1: Entwurf, 256 px', 'Lauf 2: Entwurf, 256 px'])
    await lookOver()
    for (const size of sizes) {
      await page.setViewportSize(size)
      const [left, right] = await Promise.all((await labels.all()).map((label) => label.boundingBox()))
      expect(left!.x + left!.width).toBeLessThan(right!.x)
    }
  })
})

test.each(['en', 'de'])(
  'in %s the pages of the service fit a narrow phone and an enlarged window',
  async (locale) => {
    const parts = await validParts({ seed: Date.now() })
    const { ownership } = await shareResult(parts, { origin: url, title: 'Ada', visibility: 'listed' })
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    for (const path of [`/r/${ownership.id}`, '/gallery', '/r/nothing', '/check']) {
      await page.goto(url + path)
      for (const size of sizes) {
        await page.setViewportSize(size)
        await expect.poll(() => misfits(page), { message: `${path}, ${size.width} px` }).toEqual([])
      }
      expect(await foreignLines(page)).toEqual([])
    }
    await context.close()
  },
)

/** Runs in the page: what choosing by hand does. */
function chooseLanguage(select: SVGElement | HTMLElement, language: string) {
  Object.assign(select, { value: language })
  select.dispatchEvent(new Event('change', { bubbles: true }))
}
