import { availableParallelism, loadavg } from 'node:os'
import { chromium } from 'playwright'
import { commandLine, wrongUsage } from '../../worker/dev/command-line.ts'
import { chromiumPath } from '../chromium.ts'
import { openSample } from '../support/walk.ts'

const { values, positionals } = commandLine(
  `node test/bench/first-head.ts URL [--visits 5]

Seconds from the click on the sample to its head, on the page that is served at URL, once an earlier visit has left all files
with the browser: prints, as JSON, those of each visit and the middle one, how many cores there are and how busy they were.`,
  { visits: { type: 'string', default: '5' } },
  { words: 1 },
)
const [url] = positionals
if (!url) wrongUsage('Give the address of the page.')
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
try {
  const [load] = loadavg()
  const context = await browser.newContext()
  await visit()
  const seconds: number[] = []
  for (let i = 0; i < Number(values.visits); i++) seconds.push(await visit())
  const middle = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)]
  console.log(JSON.stringify({ middle, seconds, cores: availableParallelism(), load }))

  /** A page of its own, so that no worker is there before. */
  async function visit(): Promise<number> {
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'networkidle' })
    const drawn = page.evaluate(firstDrawing)
    const start = performance.now()
    await openSample(page)
    await drawn
    const seconds = (performance.now() - start) / 1000
    await page.close()
    return Math.round(100 * seconds) / 100
  }
} finally {
  await browser.close()
}

/** Resolves when a result is drawn. */
function firstDrawing(): Promise<void> {
  return new Promise((resolve) => {
    const onDrawn = ({ target }: Event) => {
      if ((target as Element).closest('main.result')) resolve()
    }
    addEventListener('drawn', onDrawn, { capture: true })
  })
}
