import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { build, type Rolldown } from 'vite'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { root } from '../../models/paths.ts'
import { chromiumPath } from '../chromium.ts'

// The check before sharing, of a service that wants one. Turnstile's own script is not reached from here; what stands in
// for it keeps to the part of its interface that is used.

const url = inject('url')
let browser: Browser
/** client/share/turnstile.ts as a script that leaves its functions on the page. */
let script: string

beforeAll(async () => {
  const entry = join(root, 'client/share/turnstile.ts')
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'check' } },
  })
  const [bundle] = (built as Rolldown.RolldownOutput[])[0].output
  script = bundle.code
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
}, 60_000)
afterAll(() => browser?.close())

/** As Turnstile's script: shows a box, and calls back when it is ticked. */
const turnstile = `window.turnstile = {
  render(element, { sitekey, callback }) {
    const box = element.appendChild(document.createElement('button'))
    box.textContent = 'I am human'
    box.onclick = () => callback('token-for-' + sitekey)
  },
}`

let context: BrowserContext
beforeEach(async () => {
  context = await browser.newContext({ locale: 'de-DE' })
  await context.route('https://challenges.cloudflare.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: turnstile }),
  )
  // The served worker has no secret, and so wants no check.
  await context.route(`${url}/api/config`, (route) => route.fulfill({ json: { turnstile: true } }))
  // From this origin, as the page's policy wants it.
  await context.route(`${url}/human-check.js`, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'cross-origin-resource-policy': 'same-origin' },
      body: `${script}; window.check = check`,
    }),
  )
  return () => context.close()
})

/** A page of the service with a button that asks for the check; what comes of it stands below. */
async function offer() {
  const page = await context.newPage()
  await page.goto(`${url}/gallery`)
  await page.addScriptTag({ url: `${url}/human-check.js` })
  await page.evaluate(async () => {
    const { check } = window as unknown as {
      check: { prepareHumanCheck(): Promise<boolean>; humanCheck(): Promise<string | undefined> }
    }
    await check.prepareHumanCheck()
    const button = document.createElement('button')
    button.textContent = 'Share'
    const outcome = document.createElement('output')
    button.onclick = async () => {
      outcome.textContent = await check.humanCheck().catch(({ code }) => code)
    }
    for (const element of [button, outcome]) document.body.appendChild(element)
  })
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  const press = async () => {
    const [popup] = await Promise.all([
      context.waitForEvent('page'),
      page.getByText('Share', { exact: true }).click(),
    ])
    return popup
  }
  return { page, press, outcome: () => page.locator('output').innerText() }
}

/** Presses the button; the window closes itself, sometimes before the click is reported done. */
async function answer(popup: Page) {
  const closed = popup.waitForEvent('close')
  await popup
    .getByText('I am human')
    .click()
    .catch((error) => {
      if (!popup.isClosed()) throw error
    })
  await closed
}

test('the window of the check hands its token to the isolated page that opened it, and closes', async () => {
  const { press, outcome } = await offer()
  const popup = await press()
  const complaints: string[] = []
  popup.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await popup.getByRole('heading', { name: 'Eine kurze Prüfung' }).waitFor()
  expect(await popup.evaluate(() => crossOriginIsolated)).toBe(false)
  await answer(popup)
  await expect.poll(outcome).toBe('token-for-0x4AAAAAAA')
  expect(complaints).toEqual([])
})

test('closed without an answer, it says so, and the next attempt works', async () => {
  const { press, outcome } = await offer()
  await (await press()).getByText('I am human').waitFor()
  await context.pages()[1].close({ runBeforeUnload: false })
  await expect.poll(outcome).toBe('check-closed')
  const popup = await press()
  await answer(popup)
  await expect.poll(outcome).toBe('token-for-0x4AAAAAAA')
})

test('two pages at once: each gets the answer to its own', async () => {
  const [first, second] = [await offer(), await offer()]
  const popups = [await first.press(), await second.press()]
  await answer(popups[1])
  await expect.poll(second.outcome).toBe('token-for-0x4AAAAAAA')
  expect(await first.outcome()).toBe('')
  await answer(popups[0])
  await expect.poll(first.outcome).toBe('token-for-0x4AAAAAAA')
})

test('Turnstile not reached: the window says so', async () => {
  await context.unroute('https://challenges.cloudflare.com/**')
  await context.route('https://challenges.cloudflare.com/**', (route) => route.abort())
  const { press } = await offer()
  await (await press()).getByText('Die Prüfung ließ sich nicht laden.').waitFor()
})

test('a blocked window is told apart', async () => {
  const { page, outcome } = await offer()
  await page.evaluate(() => {
    window.open = () => null
  })
  await page.getByText('Share', { exact: true }).click()
  await expect.poll(outcome).toBe('popup-blocked')
})
