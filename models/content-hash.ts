import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './paths.ts'

/** Lower-case hex. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}

/**
 * One hash over the names and contents of files and folders (all files below them), so that a step can tell whether
 * anything that it reads has changed. A path that does not exist counts as such.
 *
 * @param paths relative to the repository
 */
export function contentHash(paths: string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow)) {
    hash.update(`${path}\0`)
    hash.update(existsSync(join(root, path)) ? readFileSync(join(root, path)) : 'missing')
  }
  return hash.digest('hex')
}

function filesBelow(path: string): string[] {
  const folder = join(root, path)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [path]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}
