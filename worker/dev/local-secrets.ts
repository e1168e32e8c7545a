import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../models/paths.ts'
import { localPrefix } from '../secrets/secrets.ts'

/**
 * Makes `.dev.vars` where there is none: secrets of this machine's own, which git ignores and production refuses.
 *
 * @returns whether they had to be made
 */
export function makeLocalSecrets(folder: string = root): boolean {
  const path = join(folder, '.dev.vars')
  if (existsSync(path)) return false
  const secret = () => localPrefix + randomBytes(32).toString('base64url')
  const lines = [`ENVIRONMENT=development`, `SESSION_SECRET=${secret()}`, `ADMIN_TOKEN=${secret()}`]
  // For its owner's eyes; not over a file that appeared meanwhile.
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' })
  return true
}
