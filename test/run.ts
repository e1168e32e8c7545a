import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { makeModels } from '../models/make-models.ts'
import { buildClient } from '../worker/dev/build.ts'
import { check, report, run } from '../worker/dev/check.ts'
import { wrongUsage } from '../worker/dev/command-line.ts'
import { offline } from '../worker/dev/offline.ts'
import { step } from '../worker/dev/step.ts'
import { chromiumPath } from './chromium.ts'

const usage = `npm test                       sets up what the tests need, then checks types, style and behaviour
npm test -- test/unit          the same with some of the tests; what follows -- goes to vitest`

const parameters = process.argv.slice(2)
if (parameters.some((parameter) => ['--help', '-h'].includes(parameter))) {
  console.log(usage)
  process.exit(0)
}
if (parameters.length > 0) {
  // Listing takes a moment, and refuses what the run would refuse after minutes of setting up.
  const { stderr } = spawnSync('vitest', ['list', '--filesOnly', ...parameters], { encoding: 'utf8' })
  const [, unknown] = /Unknown option `(.+)`/.exec(stderr) ?? []
  if (unknown) wrongUsage(`Unknown option '${unknown}'.`)
}
Object.assign(process.env, offline)

try {
  await step('Chromium', async () => installChromium())
  await step('Model files', () => makeModels())
  await step('Client', () => buildClient())
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}

report([...check(), ...run('vitest', ['run', ...parameters])])

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
