import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../models/paths.ts'
import { offline } from './offline.ts'

/** Where an object lies: in this machine's local storage, or in the deployed bucket of the account. */
export type Place = 'local' | 'remote'

/**
 * Reads a small text object through wrangler.
 *
 * @param path `bucket/key`
 * @returns undefined where there is none
 * @throws Error with wrangler's own words where it fails
 */
export function readObject(path: string, place: Place): string | undefined {
  const { status, stdout, stderr } = wrangler(['r2', 'object', 'get', path, '--pipe'], place)
  if (status === 0) return stdout
  const words = `${stderr}\n${stdout}`
  if (/key does not exist/i.test(words)) return undefined
  throw new Error(`${path} could not be read (${place}): ${words.trim()}`)
}

/** Writes a small JSON object through wrangler. @throws Error with wrangler's own words where it fails */
export function writeObject(path: string, text: string, place: Place): void {
  const folder = mkdtempSync(join(tmpdir(), 'facerefiner-'))
  try {
    const file = join(folder, 'object.json')
    writeFileSync(file, text, { mode: 0o600 })
    const { status, stdout, stderr } = wrangler(
      ['r2', 'object', 'put', path, '--file', file, '--content-type', 'application/json'],
      place,
    )
    if (status !== 0) throw new Error(`${path} could not be written (${place}): ${stderr}\n${stdout}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function wrangler(parameters: string[], place: Place) {
  // Local storage asks the network for nothing; the account's bucket needs it.
  const settings =
    place === 'local' ? offline : { WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }
  return spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js'), ...parameters, `--${place}`],
    { cwd: root, env: { ...process.env, ...settings }, encoding: 'utf8' },
  )
}
