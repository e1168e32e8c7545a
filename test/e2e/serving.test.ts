import { get } from 'node:http'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { ModelManifest } from '../../client/runtime/models.ts'
import { modelUrl } from '../../client/runtime/models.ts'
import { sha256 } from '../../models/content-hash.ts'
import { browserArguments, chromiumPath } from '../chromium.ts'
import { saveData } from '../support/save-data.ts'
import { openFiner, openSample, refine } from '../support/walk.ts'

const url = inject('url')
let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: browserArguments })
})
afterAll(() => browser.close())

describe('the served page', () => {
  test('is cross-origin isolated and breaks no rule of its own', async () => {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(url, { waitUntil: 'networkidle' })
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    expect(await page.title()).toBe('FaceRefiner: a photo becomes a 3D head')
    expect(complaints).toEqual([])
    await page.close()
  })

  test('loads under 60 kB of packed JavaScript before a photo is chosen', async () => {
    const page = await browser.newPage()
    const scripts: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.headers()['content-type']?.includes('javascript')) scripts.push(response.body())
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length)
    expect(sizes.length).toBeGreaterThan(0)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000)
    await page.close()
  })

  test('keeps for later what was still under way when its service worker took over', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.route('**/assets/*.webp', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 3000))
      await route.continue()
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    await expect.poll(() => page.evaluate(isKept), { timeout: 20_000 }).toBe(true)
    await context.close()
  })

  test('opens without a network the second time', async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'networkidle' })
    const words = await page.innerText('body')
    await expect.poll(() => page.evaluate(isKept), { timeout: 20_000 }).toBe(true)
    await context.setOffline(true)
    await page.reload({ waitUntil: 'networkidle' })
    expect(await page.innerText('body')).toBe(words)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    await context.close()
  })
})

test('the second visit finds and refines a face without a network', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  await saveData(context)
  const page = await context.newPage()
  const look = async () => {
    await openSample(page)
    await openFiner(page)
    // What computes is there once the page knows how long it will take.
    await page.getByText(/Small texture, (about|a few)/).waitFor({ timeout: 120_000 })
  }
  await page.goto(url, { waitUntil: 'networkidle' })
  await look()
  await expect.poll(() => page.evaluate(isKept), { timeout: 20_000 }).toBe(true)
  await context.setOffline(true)
  await page.reload()
  // The head of the visit before.
  await page.locator('main.result').waitFor()
  await page.getByRole('button', { name: 'FaceRefiner' }).click()
  await look()
  await refine(page)
  await page.locator('.progress-words').filter({ hasText: 'Making what' }).waitFor({ timeout: 120_000 })
  await context.close()
}, 300_000)

test('a model file travels packed and arrives whole', async () => {
  const manifest: ModelManifest = await (await fetch(`${url}/models/manifest.json`)).json()
  const file = manifest.models.find(({ id }) => id === 'blazeface')!.files[0]
  const { encoding, body } = await download(url + modelUrl(file))
  expect(encoding).toBe('br')
  expect(body.length).toBeLessThan(file.bytes / 2)
  expect(sha256(brotliDecompressSync(body))).toBe(file.sha256)
})

/** In the page: has the service worker kept the page and all that it loaded? */
async function isKept(): Promise<boolean> {
  const used = performance.getEntriesByType('resource').map(({ name }) => name)
  const files = used.filter((name) => new URL(name).pathname.startsWith('/assets/'))
  const kept = await Promise.all([location.href, ...files].map((name) => caches.match(name)))
  return kept.every((response) => response !== undefined)
}

/** What goes over the wire, unlike fetch, which unpacks. */
function download(address: string): Promise<{ encoding?: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'br' } }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) })
    }).on('error', reject)
  })
}
