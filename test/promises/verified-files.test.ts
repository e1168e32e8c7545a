import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { FileCache } from '../../client/runtime/file-cache.ts'
import { type ModelFile, modelUrl, nameInModel } from '../../client/runtime/models.ts'
import { browserStore } from '../../client/runtime/store.ts'
import { sha256 } from '../../models/content-hash.ts'
import { browserArguments, chromiumPath } from '../chromium.ts'
import { saveData } from '../support/save-data.ts'
import { type TamperedLine, tamperedLine } from '../support/tampered-line.ts'
import { openSample, refine } from '../support/walk.ts'
import { amount, tell } from './amounts.ts'

// Nothing is run or used that was not verified. What a download does that goes silent: test/unit/runtime/download.test.ts.

const url = inject('url')
const isWhole = amount({ sample: 0, whole: 1 }) === 1
let line: TamperedLine
let browser: Browser

beforeAll(async () => {
  line = await tamperedLine(url)
  browser = await chromium.launch({ executablePath: chromiumPath(), args: browserArguments })
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await line?.close()
})
beforeEach(() => {
  line.tamper = null
})

/** Ways to change a file. */
const ways: Record<string, (body: Buffer) => Uint8Array> = {
  'one bit': (body) =>
    Buffer.from(body).fill(body[body.length >> 1] ^ 1, body.length >> 1, (body.length >> 1) + 1),
  'its first byte': (body) => Buffer.from(body).fill(body[0] ^ 255, 0, 1),
  'its last byte': (body) => Buffer.from(body).fill(body.at(-1)! ^ 255, body.length - 1),
  'cut in the middle': (body) => body.subarray(0, body.length >> 1),
  'without its last byte': (body) => body.subarray(0, -1),
  'one byte more': (body) => Buffer.concat([body, Buffer.of(0)]),
  'as long, and zeros': (body) => new Uint8Array(body.length),
  'something else': () => Buffer.from('<!doctype html><h1>Log in</h1>'),
  nothing: () => new Uint8Array(0),
}

/** A cache that keeps what it is given, as long as it is there. */
function keeping(): FileCache & { files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  return {
    files,
    get: async (address) => files.get(address),
    has: async (address) => files.has(address),
    set: async (address, data) => void files.set(address, data),
    delete: async (address) => void files.delete(address),
    lasts: async () => true,
  }
}

describe('files of models and of WebAssembly', async () => {
  const { models } = await browserStore({ base: url, cache: keeping() }).manifest()
  const all = models.flatMap(({ id, files }) => files.map((file) => ({ id, file })))
  const tried = isWhole ? all : all.filter(({ file }) => file.bytes < 60_000).slice(0, 3)

  /** Loads a file. @param damaged which of the answers to it are, by their number from 0 */
  async function load(
    id: string,
    file: ModelFile,
    damage: (body: Buffer) => Uint8Array,
    damaged: (count: number) => boolean,
  ) {
    let count = 0
    line.tamper = (path, body) =>
      path === modelUrl(file) && damaged(count++) ? { body: damage(body) } : undefined
    const cache = keeping()
    const loading = browserStore({ base: line.url, cache }).load(id, undefined, [nameInModel(file)])
    const loaded = await loading.catch((error: unknown) => error as Error)
    const kept = cache.files.get(new URL(modelUrl(file), line.url).href)
    return { loaded: loaded instanceof Map ? loaded.get(nameInModel(file))! : loaded, kept, count }
  }

  test('altered on the way, they are asked for once more; altered again, they are neither used nor kept', async () => {
    let changes = 0
    for (const { id, file } of tried) {
      for (const [way, damage] of Object.entries(ways)) {
        const once = await load(id, file, damage, (count) => count === 0)
        expect(sha256(once.loaded as Uint8Array), `${file.file}, ${way}`).toBe(file.sha256)
        const always = await load(id, file, damage, () => true)
        expect(always.loaded, `${file.file}, ${way}`).toMatchObject({ name: 'ModelError', code: 'altered' })
        expect([always.kept, always.count]).toEqual([undefined, 2])
        changes += 2
      }
    }
    tell(5, { 'files changed on the way': changes, 'of them used': 0 })
  })

  test('altered where they are kept, they are thrown away and downloaded anew', async () => {
    let changes = 0
    for (const { id, file } of tried) {
      const cache = keeping()
      const store = () => browserStore({ base: line.url, cache })
      const address = new URL(modelUrl(file), line.url).href
      const name = nameInModel(file)
      const right = (await store().load(id, undefined, [name])).get(name)!
      for (const [way, damage] of Object.entries(ways)) {
        cache.files.set(address, damage(Buffer.from(right)))
        const loaded = (await store().load(id, undefined, [name])).get(name)!
        expect(sha256(loaded), `${file.file}, ${way}`).toBe(file.sha256)
        expect(sha256(cache.files.get(address)!)).toBe(file.sha256)
        changes++
      }
    }
    tell(5, { 'files changed in storage': changes })
  })
})

/** A visitor, and what the page says of itself that runs where it should not. */
async function visit(context: BrowserContext, address = line.url) {
  const page = await context.newPage()
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(address)
  await heading(page).waitFor()
  return { page, failures }
}

/** In the page: has the service worker kept all that was loaded? */
const isKept = (page: Page) =>
  page.evaluate(async () => {
    const used = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
    const paths = ['/', ...used.map(({ pathname }) => pathname).filter((path) => path.startsWith('/assets/'))]
    return (await Promise.all(paths.map((path) => caches.match(path)))).every(Boolean)
  })

/** Puts something into the place of everything that the browser keeps of the page. @returns how many entries */
const replaceKept = (page: Page, source: string) =>
  page.evaluate(async (source) => {
    let count = 0
    for (const name of await caches.keys()) {
      if (!name.startsWith('facerefiner-page-')) continue
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const kept = (await cache.match(request))!
        const { pathname } = new URL(request.url)
        const body = pathname === '/' ? `<!doctype html><script src="/assets/hostile.js"></script>` : source
        await cache.put(request, new Response(body, { headers: kept.headers }))
        count++
      }
      const script = { headers: { 'content-type': 'text/javascript' } }
      await cache.put('/assets/hostile.js', new Response(source, script))
    }
    return count
  }, source)

const damages = [
  ['altered', (body: Buffer) => Buffer.concat([body, Buffer.from(`;${hostile}`)])],
  ['cut', (body: Buffer) => body.subarray(0, body.length >> 1)],
] satisfies [string, (body: Buffer) => Uint8Array][]
const heading = (page: Page) => page.getByRole('heading', { level: 1 })
const hostile = 'globalThis.isHostile = true'
const isHostile = (page: Page) => page.evaluate(() => 'isHostile' in globalThis)

describe('the page and its scripts', () => {
  test('altered where the service worker keeps them, they do not run: with a network, and without', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const { page, failures } = await visit(context)
    const words = await heading(page).innerText()
    await expect.poll(() => isKept(page), { timeout: 20_000 }).toBe(true)
    const replaced = await replaceKept(page, hostile)
    expect(replaced).toBeGreaterThan(5)
    await page.reload({ waitUntil: 'networkidle' })
    expect(await heading(page).innerText()).toBe(words)
    expect(await isHostile(page)).toBe(false)
    // What was thrown away was fetched anew: now it opens without a network, whatever the kept page says.
    const isRight = () =>
      page.evaluate(async (source) => {
        const kept = await Promise.all(
          (await caches.keys()).map(async (name) => {
            const cache = await caches.open(name)
            return Promise.all(
              (await cache.keys()).map(async (key) => [key.url, await (await cache.match(key))!.text()]),
            )
          }),
        )
        return !kept.flat().some(([url, text]) => text === source && !url.endsWith('/hostile.js'))
      }, hostile)
    await expect.poll(isRight).toBe(true)
    await page.evaluate(async () => {
      const [name] = (await caches.keys()).filter((each) => each.startsWith('facerefiner-page-'))
      const headers = { 'content-type': 'text/html' }
      const body = '<!doctype html><script>globalThis.isHostile = true</script>'
      await (await caches.open(name)).put('/', new Response(body, { headers }))
    })
    await context.setOffline(true)
    await page.reload({ waitUntil: 'networkidle' })
    expect(await heading(page).innerText()).toBe(words)
    expect(await isHostile(page)).toBe(false)
    // Altered without a network there is nothing to fetch: then nothing runs.
    await replaceKept(page, hostile)
    await page.reload()
    expect(await isHostile(page)).toBe(false)
    expect(failures).toEqual([])
    tell(5, { 'scripts and pages replaced in storage': 2 * replaced + 1, 'of them run': 0 })
    await context.close()
  })

  test.each(isWhole ? damages : damages.slice(0, 1))(
    '%s on the way through the service worker, they do not run',
    async (_, damage) => {
      const context = await browser.newContext({ reducedMotion: 'reduce' })
      const { page } = await visit(context)
      await expect.poll(() => isKept(page), { timeout: 20_000 }).toBe(true)
      let damaged = 0
      line.tamper = (path, body) => {
        if (!path.startsWith('/assets/') || !path.endsWith('.js')) return
        damaged++
        return { body: damage(body) }
      }
      await page.evaluate(async () => {
        for (const name of await caches.keys()) await caches.delete(name)
      })
      // Past the browser's own cache, where they may lie for a year.
      await (await context.newCDPSession(page)).send('Network.clearBrowserCache')
      await page.reload()
      expect(damaged).toBeGreaterThan(0)
      expect(await isHostile(page)).toBe(false)
      expect(await heading(page).count()).toBe(0)
      line.tamper = null
      await page.reload({ waitUntil: 'networkidle' })
      await heading(page).waitFor()
      await context.close()
    },
  )
})

describe('storage', () => {
  test('that is full costs neither the page nor its scripts', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const { page, failures } = await visit(context)
    await expect.poll(() => isKept(page), { timeout: 20_000 }).toBe(true)
    const words = await heading(page).innerText()
    const session = await context.newCDPSession(page)
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(line.url).origin, quotaSize: 1 })
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name)
    })
    const put = () =>
      page.evaluate(async () => (await caches.open('a')).put('/a', new Response('a'.repeat(1000))))
    await expect(put()).rejects.toThrow('QuotaExceededError')
    for (let visits = 0; visits < 2; visits++) {
      await page.reload({ waitUntil: 'networkidle' })
      expect(await heading(page).innerText()).toBe(words)
    }
    expect(failures).toEqual([])
    if (isWhole) {
      await openSample(page)
      await refine(page)
      await page.locator('main.result').waitFor({ timeout: 280_000 })
    }
    await context.close()
  })

  test('that is forbidden costs nothing either', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'facerefiner-forbidden-'))
    mkdirSync(join(profile, 'Default'))
    // Cookies, and with them all storage of sites.
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } }
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: chromiumPath(),
      args: browserArguments,
      reducedMotion: 'reduce',
    })
    await saveData(context)
    const { page, failures } = await visit(context)
    await expect(page.evaluate(() => caches.open('a').then(() => {}))).rejects.toThrow()
    await expect(page.evaluate(() => localStorage.length)).rejects.toThrow()
    // All that comes after what storage is asked for.
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    if (isWhole) {
      await openSample(page)
      await refine(page)
      await page.locator('main.result').waitFor({ timeout: 280_000 })
    }
    expect(failures).toEqual([])
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  })
})

test('a network that was altered makes no head, and the page says so', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
  await saveData(context)
  const { page } = await visit(context)
  line.tamper = (path, body) => (path.endsWith('/model.bin') ? { body: ways['one bit'](body) } : undefined)
  await page.locator('.sample').click()
  await page.getByRole('alert').getByText('was altered on the way').waitFor({ timeout: 60_000 })
  expect(await page.locator('main.result').count()).toBe(0)
  line.tamper = null
  if (isWhole) {
    // What computes a refinement likewise: nothing of it is compiled.
    await openSample(page)
    line.tamper = (path, body) => (path.includes('ort-wasm') ? { body: ways['one bit'](body) } : undefined)
    await refine(page)
    await page.getByRole('alert').getByText('was altered on the way').waitFor({ timeout: 120_000 })
  }
  await context.close()
})

// Half a minute each; the same with another clock, always: test/unit/runtime/download.test.ts.
describe.runIf(isWhole)('a line that goes silent', () => {
  test.each([
    ['once: the download goes on where it was', 1, 'main.result'],
    ['for good: it is given up with a sentence', Number.POSITIVE_INFINITY, '[role=alert] .error'],
  ])('%s', async (_, silences, end) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
    await saveData(context)
    const { page } = await visit(context)
    const { models } = await browserStore({ base: url, cache: keeping() }).manifest()
    const file = models.find(({ id }) => id === 'facemesh')!.files.find(({ bytes }) => bytes > 1e6)!
    let asked = 0
    line.tamper = (path, body) =>
      path === modelUrl(file) && asked++ < silences
        ? { body: body.subarray(0, asked === 1 ? body.length >> 1 : 10), stalls: true }
        : undefined
    await page.locator('.sample').click()
    await page.locator(end).first().waitFor({ timeout: 120_000 })
    if (silences > 1) await page.getByText('nothing came for 15 seconds').waitFor()
    await context.close()
  })
})
