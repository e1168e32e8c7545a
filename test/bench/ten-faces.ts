import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { root } from '../../models/paths.ts'
import { commandLine, wrongUsage } from '../../worker/dev/command-line.ts'
import { chromiumPath } from '../chromium.ts'
import { at } from '../support/walk.ts'

const { values, positionals } = commandLine(
  `node test/bench/ten-faces.ts URL [--photos FOLDER] [--faces 10]

The memory of one tab that makes one head after the other, on the page that is served at URL: prints, as JSON, what the page,
its workers and its processes hold after each head, in MB, and by how much that grows with a face once the tab is warm. Larger
faces take more, so growth is told best without a folder of photos: the sample is then taken in as many versions.`,
  { photos: { type: 'string' }, faces: { type: 'string', default: '10' } },
  { words: 1 },
)
const [url] = positionals
if (!url) wrongUsage('Give the address of the page.')
/** Faces until everything is loaded and each worker has done its work once. */
const warm = 3

/** What is held after a face. All but the counts in MB. */
interface Held {
  /** JavaScript, its buffers and WebAssembly by the scope that they belong to, after a collection. */
  [scope: `heap ${string}`]: number
  /** Of the page and all its workers. */
  heap: number
  /** Resident memory of the tab's process, and of the one that draws for it. */
  tab: number
  gpu: number
  workers: number
  objectUrls: number
  /** IndexedDB, where the shelf is. */
  shelf: number
}

const browser = await chromium.launch({
  executablePath: chromiumPath(),
  // The measuring waits for no collection to come by itself.
  args: ['--no-sandbox', '--enable-blink-features=ForceEagerMeasureMemory', '--js-flags=--expose-gc'],
})
const made = mkdtempSync(join(tmpdir(), 'facerefiner-faces-'))
try {
  const page = await browser.newPage()
  await page.addInitScript(countObjectUrls)
  await page.goto(url, { waitUntil: 'networkidle' })
  const faces: Held[] = []
  for (const photo of await photos(Number(values.faces))) {
    if (faces.length > 0) await page.getByRole('button', { name: 'Try another' }).click()
    await page.locator('.panel input[type=file]').setInputFiles(photo)
    await at(page, 'result')
    await shelved(page, faces.length + 1)
    faces.push(await held(page))
  }
  console.log(JSON.stringify({ faces, growth: growth(faces) }, null, 2))
} finally {
  await browser.close()
  rmSync(made, { recursive: true })
}

/** So many files, none like another. */
async function photos(count: number): Promise<string[]> {
  const folder = values.photos
  if (folder) {
    return readdirSync(folder)
      .sort()
      .slice(0, count)
      .map((name) => join(folder, name))
  }
  const sample = join(root, 'client/app/sample/astronaut.png')
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const file = join(made, `${i}.jpg`)
      await sharp(sample)
        .flop(i % 2 === 1)
        .modulate({ brightness: 1 - i / 50 })
        .jpeg({ quality: 93 })
        .toFile(file)
      return file
    }),
  )
}

/** Waits until that many faces are on the shelf, the newest with its picture. */
async function shelved(page: Page, count: number) {
  await page.waitForFunction(async (count) => {
    const opening = indexedDB.open('facerefiner-shelf')
    const database = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result)
    })
    const asking = database
      .transaction('shelf')
      .objectStore('shelf')
      .getAll(IDBKeyRange.bound(['card'], ['card', []]))
    const cards = await new Promise<{ thumbnail: unknown }[]>((resolve) => {
      asking.onsuccess = () => resolve(asking.result)
    })
    database.close()
    return cards.length === count && cards.every(({ thumbnail }) => thumbnail)
  }, count)
}

interface Measured {
  breakdown: { bytes: number; attribution: { scope: string; url: string }[] }[]
}

async function held(page: Page): Promise<Held> {
  const { breakdown, objectUrls, shelf } = await page.evaluate(async () => {
    const { measureUserAgentSpecificMemory } = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<Measured>
    }
    const { breakdown } = await measureUserAgentSpecificMemory.call(performance)
    const { usageDetails } = (await navigator.storage.estimate()) as {
      usageDetails: { indexedDB: number }
    }
    return { breakdown, objectUrls: window.objectUrls.size, shelf: usageDetails.indexedDB }
  })
  const scopes: Record<`heap ${string}`, number> = {}
  for (const { bytes, attribution } of breakdown) {
    if (bytes === 0) continue
    const scope = attribution.map(({ scope, url }) => (scope === 'Window' ? 'page' : nameOf(url))).join()
    scopes[`heap ${scope || 'shared'}`] = megabytes((scopes[`heap ${scope || 'shared'}`] ?? 0) * 1e6 + bytes)
  }
  const processes = await processesOf(page.context().browser()!)
  return {
    ...scopes,
    heap: megabytes(breakdown.reduce((sum, { bytes }) => sum + bytes, 0)),
    tab: resident(processes.find(({ type }) => type === 'renderer')!.id),
    gpu: resident(processes.find(({ type }) => type === 'GPU')!.id),
    workers: page.workers().length,
    objectUrls,
    shelf: megabytes(shelf),
  }
}

/** A worker's script without its folder and hash. */
function nameOf(url: string): string {
  return /(\w+)\.worker[^/]*$/.exec(url)?.[1] ?? url
}

async function processesOf(browser: Browser): Promise<{ type: string; id: number; cpuTime: number }[]> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  // Of several tabs' processes the one that has worked.
  return processInfo.sort((a, b) => b.cpuTime - a.cpuTime)
}

/** Memory of a process that is its own, MB. */
function resident(pid: number): number {
  const [, kilobytes] = /^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
  return megabytes(1024 * Number(kilobytes))
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e5) / 10
}

/** By how much each figure grows with a face, from the last warm one to the last: their least-squares slope. */
function growth(faces: readonly Held[]): Record<string, number> {
  const later = faces.slice(warm - 1)
  const middle = (later.length - 1) / 2
  const spread = later.reduce((sum, _, i) => sum + (i - middle) ** 2, 0)
  const slope = (name: keyof Held) =>
    later.reduce((sum, face, i) => sum + (i - middle) * (face[name] ?? 0), 0) / spread
  const names = Object.keys(later[0]) as (keyof Held)[]
  return Object.fromEntries(names.map((name) => [name, Math.round(100 * slope(name)) / 100]))
}

declare global {
  interface Window {
    /** Those that are not revoked yet. */
    objectUrls: Set<string>
  }
}

function countObjectUrls() {
  window.objectUrls = new Set()
  const { createObjectURL, revokeObjectURL } = URL
  URL.createObjectURL = (object) => {
    const url = createObjectURL.call(URL, object)
    window.objectUrls.add(url)
    return url
  }
  URL.revokeObjectURL = (url) => {
    window.objectUrls.delete(url)
    revokeObjectURL.call(URL, url)
  }
}
