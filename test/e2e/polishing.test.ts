import { readFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'
import { shortenRuns } from '../support/short-runs.ts'
import { at, openSample } from '../support/walk.ts'

let browser: Browser
let page: Page
const complaints: string[] = []
beforeAll(async () => {
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  await shortenRuns(context)
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(inject('url'))
})
afterAll(() => browser?.close())

const line = () => page.locator('.polish')
const words = () => page.locator('.panel [role=status]').allInnerTexts()
/** Below this share of the stage's height: red, green, blue of its pixels. */
async function picture(top = 0): Promise<Buffer> {
  const { x, y, width, height } = (await page.locator('face-viewer').boundingBox())!
  // Without the frame of what has the focus.
  const rim = 8
  const upper = Math.max(rim, top * height)
  const clip = { x: x + rim, y: y + upper, width: width - 2 * rim, height: height - upper - rim }
  return sharp(await page.screenshot({ clip }))
    .removeAlpha()
    .raw()
    .toBuffer()
}
/** Once it stands: a machine that draws slowly may take seconds for a step of a movement. */
async function standing(top: number): Promise<Buffer> {
  let before = Buffer.alloc(0)
  for (let same = 0; same < 3; ) {
    await page.waitForTimeout(1500)
    const now = await picture(top)
    same = now.equals(before) ? same + 1 : 0
    before = now
  }
  return before
}
/** Pixels that are rather blue, as neither skin, hair nor cloth is, nor the stage. */
const blue = async () =>
  (await picture()).reduce((sum, value, i, all) => sum + (i % 3 === 2 && value > all[i - 2] + 12 ? 1 : 0), 0)
const difference = (a: Buffer, b: Buffer) =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length

test('what the photo does not show glows while it is being made, until that is stopped', async () => {
  await openSample(page)
  await line().waitFor({ timeout: 120_000 })
  expect(await line().locator('p').innerText()).toMatch(/^Making what the photo does not show/)
  expect(await words()).toContain('What the photo does not show is being made meanwhile.')
  // A hand on the head holds the run.
  await page.locator('face-viewer').hover()
  await page.mouse.down()
  await expect.poll(blue, { timeout: 60_000 }).toBeGreaterThan(300)
  await page.mouse.up()
  expect(await seriousFindings(page)).toEqual([])
  await line().getByRole('button', { name: 'Stop' }).press('Enter')
  await line().waitFor({ state: 'detached' })
  // Where it can be asked for.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Finer')
  await expect.poll(blue, { timeout: 60_000 }).toBeLessThan(30)
  expect((await words()).join()).toContain('what the photo does not show is filled in')
  expect(await line().count()).toBe(0)
})

test('what is made waits for a dialog to be closed, and the head that takes it over has not moved', async () => {
  await page.getByRole('button', { name: 'Try another' }).click()
  await at(page, 'photo')
  const other = await sharp(readFileSync('client/app/sample/astronaut.png')).flop().png().toBuffer()
  const file = { name: 'other.png', mimeType: 'image/png', buffer: other }
  await page.locator('.panel input[type=file]').setInputFiles(file)
  await at(page, 'result')
  // A hand on the head holds the run, or it would have ended before.
  const viewer = page.locator('face-viewer')
  await viewer.hover()
  await page.mouse.down()
  const before = await standing(0.8)
  for (let i = 0; i < 4; i++) await viewer.press('ArrowRight')
  // A slow machine draws it a while later.
  await expect
    .poll(async () => difference(before, await picture(0.8)), { timeout: 60_000 })
    .toBeGreaterThan(1)
  const shoulders = await standing(0.8)
  await page.mouse.up()
  await page.getByRole('button', { name: 'Download', exact: true }).click()
  await expect
    .poll(words, { timeout: 180_000 })
    .toContain('What the photo does not show is made; the head takes it over when you are back at it.')
  const offered = page.locator('dialog').getByRole('button', { name: /^How it was made/ })
  const [download] = await Promise.all([page.waitForEvent('download'), offered.click()])
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({ preset: 'instant' })
  await page.keyboard.press('Escape')
  await line().waitFor({ state: 'detached', timeout: 60_000 })
  expect((await words()).join()).toMatch(/was made to match/)
  expect(difference(shoulders, await standing(0.8))).toBeLessThan(1)
  expect(await page.locator('.runs').count()).toBe(0)
  await page.getByRole('button', { name: 'My faces' }).click()
  await at(page, 'photo')
  expect(await page.getByRole('region', { name: 'My faces' }).getByLabel('Name').count()).toBe(2)
  expect(complaints).toEqual([])
})
