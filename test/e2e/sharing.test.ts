import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import type { Ownership } from '../../client/share/api.ts'
import { browserArguments, chromiumPath } from '../chromium.ts'
import { saveData } from '../support/save-data.ts'
import { openSample } from '../support/walk.ts'

// Whoever is no longer there to see the link has shared nothing.

const url = inject('url')
let browser: Browser
let context: BrowserContext
let page: Page
/** Of the uploads that the page began, the newest last. */
let begun: Ownership[] = []

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: browserArguments })
  context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  await saveData(context)
  page = await context.newPage()
  context.on('response', async (response) => {
    const { pathname } = new URL(response.url())
    if (pathname === '/api/results' && response.status() === 201) begun.push(await response.json())
  })
  await page.goto(url)
  await openSample(page)
}, 120_000)
afterAll(() => browser?.close())
beforeEach(async () => {
  begun = []
  await context.unrouteAll({ behavior: 'ignoreErrors' })
})

const dialog = () => page.locator('dialog[open]')
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

/** From the result to an upload under way. */
async function send() {
  await press('Share')
  await page.getByLabel('This is my face, or its owner agrees.').check()
  await press('Upload and get a link')
}

/** Does the service know anything of what was begun? */
const status = async ({ id, owner }: Ownership) =>
  (await fetch(`${url}/api/results/${id}`, { headers: { authorization: `Bearer ${owner}` } })).status

const unseen = () =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('facerefiner:unseen:')))

async function expectGone() {
  expect(begun).toHaveLength(1)
  await expect.poll(() => status(begun[0])).toBe(404)
}

/** Holds requests of a kind until they are let go. @returns resolves when the first is held */
async function hold(pattern: string, method: string, isAnswerOnly = false) {
  const held = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  await context.route(pattern, async (route) => {
    if (route.request().method() !== method) return route.continue()
    const answer = isAnswerOnly ? await route.fetch() : undefined
    held.resolve()
    await released.promise
    await (answer ? route.fulfill({ response: answer }) : route.continue()).catch(() => {})
  })
  return { held: held.promise, release: released.resolve }
}

test('the dialog is closed while a part is on its way: what was begun is deleted', async () => {
  const { held, release } = await hold('**/parts/*', 'PUT')
  await send()
  await held
  expect(await unseen()).toHaveLength(1)
  await page.keyboard.press('Escape')
  release()
  await expectGone()
  await expect.poll(unseen).toEqual([])
})

test('it is closed when the service has published already, and says so too late: deleted likewise', async () => {
  const { held, release } = await hold('**/commit', 'POST', true)
  await send()
  await held
  expect(await status(begun[0])).toBe(200)
  await page.keyboard.press('Escape')
  release()
  await expectGone()
  await expect.poll(unseen).toEqual([])
  await press('Share')
  await page.getByText('Nothing has been sent there so far.').waitFor()
  await page.keyboard.press('Escape')
})

test('its answer is lost: asked again, the link is shown, and its owner is known', async () => {
  let asked = 0
  await context.route('**/commit', async (route) => {
    const answer = await route.fetch()
    if (asked++ === 0) return route.abort()
    return route.fulfill({ response: answer })
  })
  await send()
  await dialog().getByText('It is shared').waitFor()
  expect(await dialog().getByLabel('Link').inputValue()).toBe(`${url}/r/${begun[0].id}`)
  expect(asked).toBe(2)
  expect(await page.evaluate((id) => localStorage.getItem(`facerefiner:owner:${id}`), begun[0].id)).toBe(
    begun[0].owner,
  )
  expect(await unseen()).toEqual([])
  await press('Delete it again')
  await dialog().getByText('Deleted').waitFor()
  await page.keyboard.press('Escape')
})

test('the page is left while the service publishes: deleted at once', async () => {
  const { held } = await hold('**/commit', 'POST', true)
  await send()
  await held
  expect(await status(begun[0])).toBe(200)
  await page.goto('about:blank')
  await expectGone()
})

test('what a page that died left is deleted by the next, and what another is at work on is not', async () => {
  const at = await context.newPage()
  await at.goto(`${url}/gallery`)
  const [left, other] = await Promise.all([begin(), begin()])
  await at.evaluate(
    ([left, other]) => {
      for (const { id, owner } of [left, other]) localStorage.setItem(`facerefiner:unseen:${id}`, owner)
      void navigator.locks.request(`facerefiner:unseen:${other.id}`, () => new Promise(() => {}))
    },
    [left, other],
  )
  await page.goto(url)
  await expect.poll(() => status(left)).toBe(404)
  expect(await status(other)).toBe(200)
  await at.close()
  await page.reload()
  await expect.poll(() => status(other)).toBe(404)
  expect(await unseen()).toEqual([])
})

/** Begins an upload that nobody goes on with. */
async function begin(): Promise<Ownership> {
  const ask = async (path: string, body: object, token?: string): Promise<Ownership & { token: string }> => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await response.json()) as Ownership & { token: string }
  }
  const { token } = await ask('/api/session', { scope: ['results:create'] })
  const names = ['texture.png', 'face.glb', 'preview.jpg', 'record.json', 'sampled.png']
  const parts = Object.fromEntries(names.map((name) => [name, { bytes: 1000, sha256: '0'.repeat(64) }]))
  return ask('/api/results', { parts }, token)
}
