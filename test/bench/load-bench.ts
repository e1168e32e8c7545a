import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { chromiumPath } from '../chromium.ts'
import { silences, watchProgress } from '../support/shown.ts'
import { slowLine } from '../support/slow-line.ts'
import { openFiner, openSample, refine } from '../support/walk.ts'
import { type Heard, hearWorkers } from './hear-workers.ts'
import { choice, number, type Typed } from './options.ts'

export interface Visit {
  requests: number
  /** That came over the line, packed. */
  kilobytes: number
  /** From the address to a page whose sample can be clicked on, and to the end of what it loads by itself. */
  interactiveMs: number
  quietMs: number
  /** From the click on the sample: to its head, to the first optimiser step of what is refined, to that texture. */
  headMs: number
  stepMs: number
  refinedMs: number | null
  /** From the wish for that refinement, where it was asked for, to its first step and its end. */
  askedToStepMs?: number
  askedToRefinedMs?: number | null
  /** Computing from the click to the end, of the tab with all its workers and of what draws for it. */
  tabCpuMs: number
  gpuCpuMs: number
  /** The longest times in which nothing was seen to move, over a slow line, and what the page said then. */
  silences?: { seconds: number; from: number; words: string }[]
  /** What the page asked of its workers: from the click on the sample, began and ended, ms. */
  calls: Heard['calls']
}

export interface LoadFigures {
  settings: { preset: string | null; until: string; mbit: number | null; visits: number }
  cold: Visit
  /** The fastest of each. */
  warm: Omit<Visit, 'calls' | 'silences'>
  each: Visit[]
}

/**
 * A visitor without anything of this page, and then again and again with all of it. Each visit has a page of its own, so that
 * no worker is there before.
 *
 * @throws RangeError of what was typed
 */
export async function loadBench(url: string | undefined, typed: Typed): Promise<LoadFigures> {
  if (!url) throw new RangeError('Give the address of the page.')
  const visits = number('visits', typed.visits, 3, 0)
  const preset = typed.preset === undefined ? null : choice('preset', typed.preset, ['draft', 'standard'])
  const until = choice('until', typed.until ?? 'refined', ['step', 'refined'])
  const mbit = typed.mbit === undefined ? null : Number(typed.mbit)
  const line = mbit ? await slowLine(url, (mbit * 1e6) / 8, 0.15) : null
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
  try {
    const context = await visitor(browser)
    const address = line?.url ?? url
    const cold = await visit(context, address, preset, until, line !== null)
    const each: Visit[] = []
    for (let i = 0; i < visits; i++) each.push(await visit(context, address, preset, until))
    const { calls: _, silences: __, ...names } = cold
    const warm = Object.fromEntries(
      Object.keys(names).map((name) => [name, least(each.map((one) => one[name as keyof typeof names]))]),
    ) as unknown as LoadFigures['warm']
    return { settings: { preset, until, mbit, visits }, cold, warm, each }
  } finally {
    await browser.close()
    await line?.close()
  }
}

/** null where nothing was waited for. */
function least(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => typeof value === 'number')
  return known.length > 0 ? Math.min(...known) : null
}

async function visitor(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext()
  await context.addInitScript(hearWorkers)
  return context
}

/** Milliseconds that a refinement may take. */
const patience = 300_000

async function visit(
  context: BrowserContext,
  url: string,
  preset: 'draft' | 'standard' | null,
  until: 'step' | 'refined',
  watched = false,
): Promise<Visit> {
  const browser = context.browser()!
  const page = await context.newPage()
  const line = await lineOf(page)
  const start = performance.now()
  await page.goto(url, { waitUntil: 'commit' })
  await page.locator('.sample').click({ trial: true })
  const interactiveMs = performance.now() - start
  await page.waitForLoadState('networkidle')
  // Of that, half a second was waited for something to come.
  const quietMs = performance.now() - start - 500

  const progress = watched ? await watchProgress(page) : null
  const head = page.evaluate(firstDrawing)
  const clicked = await page.evaluate(() => {
    window.workersHeard.from = performance.now()
    return performance.now()
  })
  const cpuBefore = await cpuOf(browser)
  await openSample(page)
  const headMs = (await head) - clicked
  let asked = clicked
  if (preset) {
    await openFiner(page)
    await page.locator(`input[name=preset] >> nth=${preset === 'draft' ? 0 : 1}`).check()
    asked = await page.evaluate(() => {
      window.workersHeard.step = window.workersHeard.refined = null
      return performance.now()
    })
    await refine(page)
  }
  const heard = page.waitForFunction((until) => window.workersHeard[until] !== null, until, {
    timeout: patience,
  })
  await heard.catch((cause) => {
    const hint = preset
      ? ''
      : ' A page that finds its device too slow refines nothing by itself: give --preset.'
    throw new Error(`Nothing was refined within ${patience / 1000} s.${hint}`, { cause })
  })
  const { step, refined, calls } = await page.evaluate(() => window.workersHeard)
  const refinedSince = (start: number) => (refined === null ? null : Math.round(refined - start))
  const asks = { askedToStepMs: Math.round(step! - asked), askedToRefinedMs: refinedSince(asked) }
  const cpuAfter = await cpuOf(browser)
  const shown = await progress?.shown()
  await page.close()
  return {
    ...line,
    interactiveMs: Math.round(interactiveMs),
    quietMs: Math.round(quietMs),
    headMs: Math.round(headMs),
    stepMs: Math.round(step! - clicked),
    refinedMs: refinedSince(clicked),
    tabCpuMs: Math.round(cpuAfter.renderer - cpuBefore.renderer),
    gpuCpuMs: Math.round(cpuAfter.GPU - cpuBefore.GPU),
    ...(preset && asks),
    ...(shown && { silences: silences(shown).slice(0, 12) }),
    calls,
  }
}

/** Milliseconds of computing of all processes of a kind. */
async function cpuOf(browser: Browser): Promise<{ renderer: number; GPU: number }> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const sum = (kind: string) =>
    processInfo.reduce((all, { type, cpuTime }) => all + (type === kind ? 1000 * cpuTime : 0), 0)
  return { renderer: sum('renderer'), GPU: sum('GPU') }
}

/** Counts on. */
async function lineOf(page: Page): Promise<{ requests: number; kilobytes: number }> {
  const line = { requests: 0, kilobytes: 0 }
  page.context().on('requestfinished', async (request) => {
    const response = await request.response()
    if (!response || response.fromServiceWorker()) return
    const { responseBodySize, responseHeadersSize } = await request.sizes()
    line.requests++
    line.kilobytes = Math.round(10 * (line.kilobytes + (responseBodySize + responseHeadersSize) / 1000)) / 10
  })
  return line
}

/** Resolves when a result is drawn, with the page's time. */
function firstDrawing(): Promise<number> {
  return new Promise((resolve) => {
    const onDrawn = ({ target }: Event) => {
      if ((target as Element).closest('main.result')) resolve(performance.now())
    }
    addEventListener('drawn', onDrawn, { capture: true })
  })
}
