import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { chromiumPath } from '../chromium.ts'
import { seriousFindings } from '../support/axe.ts'
import { headShown } from '../support/head-shown.ts'
import { saveData } from '../support/save-data.ts'

let browser: Browser
let page: Page
beforeAll(async () => {
  const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
  browser = await chromium.launch({ executablePath: chromiumPath(), args })
  page = await browser.newPage({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  await saveData(page)
  // A page that is listened to from the start catches the browser's own dialog, however soon a key opens it.
  page.on('filechooser', () => {})
  await page.goto(inject('url'))
  await page.locator('.sample').waitFor()
})
afterAll(() => browser?.close())

const sheet = () => page.getByRole('dialog', { name: 'Keyboard shortcuts' })
const isPressed = (name: string) =>
  page.getByRole('button', { name, exact: true }).evaluate((button) => button.ariaPressed === 'true')

test('a question mark opens the sheet, which Escape closes', async () => {
  await page.keyboard.press('?')
  await sheet().waitFor()
  expect(await sheet().locator('dt').first().innerText()).toBe('O')
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await sheet().waitFor({ state: 'detached' })
})

test('O chooses a photo', async () => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('o')])
  expect(chooser.isMultiple()).toBe(false)
})

test('letters change how a head is shown, and open what is over it; below that they do nothing', async () => {
  await page.locator('.sample').click()
  await headShown(page)
  await page.keyboard.press('l')
  await expect.poll(() => isPressed('Light of a studio')).toBe(true)
  await page.keyboard.press('e')
  await expect.poll(() => isPressed('What comes from where')).toBe(true)
  await page.keyboard.press('2')
  await expect.poll(() => isPressed('Angled')).toBe(true)
  await page.keyboard.press('h')
  await expect.poll(() => page.getByRole('radio', { name: 'Face only' }).isChecked()).toBe(true)
  await page.keyboard.press('h')
  await page.keyboard.press('d')
  await page.getByRole('dialog', { name: 'Download' }).waitFor()
  await page.keyboard.press('e')
  await page.keyboard.press('Escape')
  await page.locator('dialog').waitFor({ state: 'detached' })
  expect(await isPressed('What comes from where')).toBe(true)
})

test('a switch on the sheet turns them off; a button still opens it', async () => {
  await page.keyboard.press('?')
  await page.getByRole('switch', { name: 'Single keys do this' }).uncheck()
  await page.keyboard.press('Escape')
  await sheet().waitFor({ state: 'detached' })
  await page.keyboard.press('e')
  await page.keyboard.press('?')
  await page.waitForTimeout(300)
  expect(await isPressed('What comes from where')).toBe(true)
  expect(await sheet().count()).toBe(0)
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await sheet().waitFor()
})
