import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { makeModels } from '../models/makeModels.ts'
import { buildClient } from '../worker/dev/build.ts'
import { offline } from '../worker/dev/offline.ts'
import { step } from '../worker/dev/step.ts'
import { chromiumPath } from './chromium.ts'

// npm test [-- vitest's arguments]: sets up what the tests need, then checks types, style and behaviour.
Object.assign(process.env, offline)

try {
  await step('Chromium', async () => installChromium())
  await step('Model files', () => makeModels())
  await step('Client', () => buildClient())
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}

const checks = [
  ['tsc', '-p', '.'],
  ['biome', 'check', '.'],
  ['vitest', 'run', ...process.argv.slice(2)],
]
const failed = checks.filter(([command, ...parameters]) => {
  console.log(`\n> ${[command, ...parameters].join(' ')}`)
  return spawnSync(command, parameters, { stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.map(([command]) => command).join(', ')}`)
  process.exit(1)
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
