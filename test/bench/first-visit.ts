import { chromium } from 'playwright'
import { commandLine, wrongUsage } from '../../worker/dev/command-line.ts'
import { chromiumPath } from '../chromium.ts'
import { silences, watchProgress } from '../support/shown.ts'
import { slowLine } from '../support/slow-line.ts'
import { openFiner, openSample, refine } from '../support/walk.ts'

const { values, positionals } = commandLine(
  `node test/bench/first-visit.ts URL [--mbit 1.6] [--preset draft|standard]

A first visit over a slow line to the page that is served at URL, from the click on the sample to its head and to a finer
one: prints, as JSON, how long each took and how long nothing was seen to move.`,
  { mbit: { type: 'string', default: '1.6' }, preset: { type: 'string', default: 'draft' } },
  { words: 1 },
)
const [url] = positionals
if (!url) wrongUsage('Give the address of the page.')
const line = await slowLine(url, (Number(values.mbit) * 1e6) / 8, 0.15)
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  await page.goto(line.url, { waitUntil: 'networkidle' })
  const { shown } = await watchProgress(page)
  await openSample(page)
  const [first] = (await shown()).slice(-1)
  await openFiner(page)
  await page.locator(`input[name=preset] >> nth=${values.preset === 'draft' ? 0 : 1}`).check()
  await refine(page)
  await page.locator('main.result').waitFor({ timeout: 600_000 })
  const seen = await shown()
  console.log(
    JSON.stringify(
      {
        secondsToHead: first.at,
        seconds: seen.at(-1)!.at,
        changes: seen.length,
        longest: silences(seen).slice(0, 12),
      },
      null,
      2,
    ),
  )
} finally {
  await browser.close()
  await line.close()
}
