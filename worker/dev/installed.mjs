import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Does node_modules hold exactly what package-lock.json asks for? npm notes what it installed in
 * node_modules/.package-lock.json; packages for other platforms are optional and may be absent.
 *
 * @param {string} root folder of package-lock.json
 * @returns {boolean}
 */
export function isInstalled(root) {
  const note = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(note)) return false
  const wanted = packages(join(root, 'package-lock.json'))
  const found = packages(note)
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const here = found[path]
    if (!here && !entry.optional) return false
    if (here && (here.version !== entry.version || here.integrity !== entry.integrity)) return false
  }
  return true
}

/** @param {string} path @returns {Record<string, {version?: string, integrity?: string, optional?: boolean}>} */
function packages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {}
}
