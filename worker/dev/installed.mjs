import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Does node_modules hold exactly what package-lock.json asks for? npm notes what it installed in
 * node_modules/.package-lock.json; packages for other platforms are optional and may be absent.
 *
 * @param {string} root folder of package-lock.json
 * @param {{omitDev?: boolean}} options omitDev: devDependencies may be absent
 * @returns {boolean}
 */
export function isInstalled(root, { omitDev = false } = {}) {
  const note = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(note)) return false
  const wanted = packages(join(root, 'package-lock.json'))
  const found = packages(note)
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const here = found[path]
    if (!here && !entry.optional && !(omitDev && (entry.dev || entry.devOptional))) return false
    if (here && (here.version !== entry.version || here.integrity !== entry.integrity)) return false
  }
  return true
}

/**
 * What node_modules holds.
 *
 * @param {string} root folder of node_modules
 * @returns {{packages: number, megabytes: number}}
 */
export function installedMegabytes(root) {
  const folder = join(root, 'node_modules')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) =>
    lstatSync(join(folder, path)),
  )
  const bytes = files.filter((file) => file.isFile()).reduce((sum, file) => sum + file.size, 0)
  const note = packages(join(folder, '.package-lock.json'))
  return { packages: Object.keys(note).length, megabytes: Math.round(bytes / 1e6) }
}

/** @param {string} path @returns {Record<string, {version?: string, integrity?: string, optional?: boolean, dev?: boolean, devOptional?: boolean}>} */
function packages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {}
}
