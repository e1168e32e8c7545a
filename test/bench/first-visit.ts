import { chromium } from 'playwright'
import { commandLine, wrongUsage } from '../../worker/dev/command-line.ts'
import { chromiumPath } from '../chromium.ts'
import { silences, watchProgress } from '../support/shown.ts'
import { slowLine } from '../support/slow-line.ts'

const { values, positionals } = commandLine(
  `node test/bench/first-visit.ts URL [--mbit 1.6] [--preset draft|standard]

A first visit over a slow line to the page that is served at URL, from the click on the sample to the result: prints, as
JSON, how long it took and how long nothing was seen to move.`,
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
  await page.locator('.sample').click()
  await page.getByRole('heading', { name: 'Face found' }).waitFor({ timeout: 120_000 })
  await page.locator(`input[name=preset] >> nth=${values.preset === 'draft' ? 0 : 1}`).check()
  await page.getByRole('button', { name: 'Refine', exact: true }).click()
  await page.locator('main.result').waitFor({ timeout: 600_000 })
  const seen = await shown()
  console.log(
    JSON.stringify(
      { seconds: seen.at(-1)!.at, changes: seen.length, longest: silences(seen).slice(0, 12) },
      null,
      2,
    ),
  )
} finally {
  await browser.close()
  await line.close()
}
