import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { Journey } from '../../client/app/journey/journey.ts'
import { WorkerError } from '../../client/app/worker-life.ts'
import { chromiumPath } from '../chromium.ts'
import { saveData } from '../support/save-data.ts'
import { at } from '../support/walk.ts'
import {
  captureWorker,
  crash,
  finished,
  instantRun,
  photo,
  refineWorker,
  reset,
  settled,
  step,
} from '../unit/app/journey/fakes.ts'
import { amount, tell } from './amounts.ts'

vi.mock('../../client/app/workers.ts', async () => (await import('../unit/app/journey/fakes.ts')).workers)
vi.mock('../../client/app/kept-run.ts', async () => (await import('../unit/app/journey/fakes.ts')).keptRuns)
vi.mock('../../client/app/viewer/drawing.ts', () => ({ loadRenderer() {} }))

type Stage = { mockImplementationOnce(once: () => never): unknown }

/** All that is asked of a worker between a photo and a finer head. */
const stages = {
  'files of the capture': captureWorker.fetchFiles,
  'opening the photo': captureWorker.open,
  'finding a face': captureWorker.findFaces,
  'measuring the face': captureWorker.capture,
  'beginning at once': instantRun.start,
  'ending at once': instantRun.next,
  'making the head': captureWorker.head,
  'files of the run': refineWorker.getReady,
  'beginning the run': refineWorker.start,
  'taking a step': refineWorker.next,
} as unknown as Record<string, Stage>

const never = () => new Promise<never>(() => {})
const death = new WorkerError('worker-ended', 'It has ended.')

/** What may become of what was asked. */
const failures: Record<string, () => unknown> = {
  'is rejected': () => Promise.reject(new Error('no')),
  throws: () => {
    throw new Error('no')
  },
  'never ends': never,
  'ends with the capture’s worker': () => {
    void settled().then(() => crash.capture(death))
    return never()
  },
  'ends with the run’s worker': () => {
    void settled().then(() => crash.refine(death))
    return never()
  },
}

describe.each(Object.keys(stages))('%s', (stage) => {
  beforeEach(() => {
    reset()
    vi.spyOn(console, 'warn').mockReturnValue()
    refineWorker.getReady.mockResolvedValue({ draft: { 256: 10, 512: 20, 1024: 30 } } as never)
    refineWorker.next.mockImplementation(async () => (steps++ % 2 ? finished() : step(0.5)))
    steps = 0
  })
  let steps = 0

  // A download that stalls is given up where it is made, see verified-files.test.ts: what waits for it need not end it.
  const isDownload = stage === 'files of the capture'
  const ways = Object.keys(failures).filter((way) => !isDownload || !/never|run’s/.test(way))
  test.each(ways)('that %s leaves the same photo its result', async (failure) => {
    const journey = new Journey()
    stages[stage].mockImplementationOnce(failures[failure] as () => never)
    const first = walk(journey).catch(() => {})
    await Promise.race([first, rest()])
    if (journey.store.at('refining')) journey.refining.cancel()
    refineWorker.getReady.mockResolvedValue({ draft: { 256: 10, 512: 20, 1024: 30 } } as never)
    steps = 0
    await walk(journey)
    const { result, subject } = journey.store.at('result')!
    expect(subject.photo!.name).toBe('me.png')
    expect(result).toMatchObject({ refined: { preset: 'draft', optimised: true }, head: { choice: 'auto' } })
    expect(journey.store.state).toMatchObject({ error: null, work: null })
    tried++
    tell(4, { 'ways to fail, of every stage, with workers of the test': tried })
  })
})
let tried = 0

async function walk({ finding, refining, store }: Journey) {
  await finding.choosePhoto([photo()])
  if (!store.at('result')) return
  // As where the offer of a finer run is unfolded.
  void refining.getReady()
  await refining.refine()
}

async function rest() {
  for (let i = 0; i < 40; i++) await settled()
}

describe('in the page', () => {
  let browser: Browser
  beforeAll(async () => {
    const args = ['--no-sandbox', '--enable-unsafe-swiftshader']
    browser = await chromium.launch({ executablePath: chromiumPath(), args })
  })
  afterAll(() => browser?.close())

  /** What is asked for on the way to a head. */
  const requests: Record<string, RegExp> = {
    'the capture’s script': /\/assets\/capture\.worker-/,
    'the networks': /\/models\/[0-9a-f]{16}\//,
    'the run’s script': /\/assets\/refine\.worker-/,
    'the manifest': /\/models\/manifest\.json/,
    'TensorFlow.js': /\/assets\/dist-/,
  }
  const answers = ['abort', '500', 'another page'] as const

  const cases = Object.keys(requests).flatMap((what) => answers.map((answer) => [what, answer] as const))
  const count = Math.min(cases.length, amount({ sample: 1, whole: cases.length }))

  test.each(cases.slice(0, count))('after %s: %s the same photo goes through', async (what, answer) => {
    const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block' })
    try {
      await saveData(context)
      const page = await context.newPage()
      const failing = await failAt(context, requests[what], answer)
      await page.goto(inject('url'))
      await give(page)
      await page.getByRole('alert').locator('p').waitFor({ timeout: 60_000 })
      expect(failing.hits, what).toBeGreaterThan(0)
      // The browser tells of no file that is there already.
      const inputs = page.locator('input[type=file]')
      const held = await inputs.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value))
      expect(held.every((value) => value === '')).toBe(true)
      await failing.stop()
      await give(page)
      await at(page, 'result')
      expect(await page.getByRole('alert').locator('p').count()).toBe(0)
      tell(4, { 'files that could not be had at first, in the page': count })
    } finally {
      await context.close()
    }
  })

  const give = (page: Page) =>
    page.locator('input[type=file]').first().setInputFiles('client/app/sample/astronaut.png')

  async function failAt(context: BrowserContext, pattern: RegExp, answer: (typeof answers)[number]) {
    const failing = { hits: 0, stop: () => context.unroute(pattern) }
    await context.route(pattern, (route) => {
      failing.hits++
      if (answer === 'abort') return route.abort()
      if (answer === '500') return route.fulfill({ status: 500, body: 'no' })
      const headers = { 'cross-origin-embedder-policy': 'require-corp' }
      return route.fulfill({ contentType: 'text/html', headers, body: '<!doctype html>Log in here' })
    })
    return failing
  }
})
