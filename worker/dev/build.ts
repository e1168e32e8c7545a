import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contentHash } from '../../models/content-hash.ts'
import { root } from '../../models/paths.ts'
import { clientSources } from '../../vite.shared.ts'
import { commandLine } from './command-line.ts'
import { step } from './step.ts'

const stampPath = join(root, 'dist', 'client.stamp')

/**
 * Builds the client into dist/client, and does nothing where its sources have not changed.
 *
 * @returns whether it was built
 */
export async function buildClient(): Promise<boolean> {
  const stamp = contentHash([
    ...clientSources,
    'vite.config.ts',
    'vite.shared.ts',
    // The licences of what is built.
    'worker/dev/dependencies',
    'models/manifest.json',
  ])
  const isThere = existsSync(join(root, 'dist', 'client', 'index.html'))
  if (isThere && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return false
  // Loaded only where there is something to build: a second start should take no time.
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
  writeFileSync(stampPath, stamp)
  return true
}

if (import.meta.main) {
  commandLine(
    'npm run build       builds the page into dist/client, and nothing where its sources have not changed',
  )
  await step('Client', buildClient)
}
