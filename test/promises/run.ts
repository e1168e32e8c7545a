import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeModels } from '../../models/make-models.ts'
import { buildClient } from '../../worker/dev/build.ts'
import { wrongUsage } from '../../worker/dev/command-line.ts'
import { offline } from '../../worker/dev/offline.ts'
import { step } from '../../worker/dev/step.ts'
import { type PromiseNumber, promises } from './promises.ts'
import { readFigures, writeFigures } from './table.ts'

const usage = `npm run promises                tries to break every promise as often as it is promised (hours), and prints the figures as JSON
npm run promises -- 6 8         those with these numbers alone
npm run promises -- --write 8   also puts the figures into README.md`

const parameters = process.argv.slice(2)
if (parameters.some((parameter) => ['--help', '-h'].includes(parameter))) {
  console.log(usage)
  process.exit(0)
}
const write = parameters.includes('--write')
const wanted = parameters.filter((parameter) => parameter !== '--write')
for (const number of wanted) if (!(number in promises)) wrongUsage(`There is no promise '${number}'.`)
const numbers = wanted.length > 0 ? wanted : Object.keys(promises)

Object.assign(process.env, offline)
await step('Model files', () => makeModels({ log: (line) => console.log(`  ${line}`) }))
await step('Client', () => buildClient())
const folder = mkdtempSync(join(tmpdir(), 'facerefiner-promises-'))
const figuresFile = join(folder, 'figures.jsonl')
writeFileSync(figuresFile, '')
const files = numbers.map(
  (number) => `test/promises/${promises[Number(number) as PromiseNumber].file}.test.ts`,
)
const { status } = spawnSync('vitest', ['run', '--project', 'promises', ...files], {
  stdio: 'inherit',
  env: { ...process.env, PROMISES_FIGURES: figuresFile },
})
const figures = readFigures(readFileSync(figuresFile, 'utf8'))
rmSync(folder, { recursive: true })
console.log(JSON.stringify(figures))
if (write) writeFigures(figures, new Date())
process.exit(status ?? 1)
