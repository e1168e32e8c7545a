import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Where the made files and the manifest that describes them lie. Not in git. */
export const distFolder = join(root, 'models', 'dist')

/** Where the wanted files of packages that are read for their data lie. Not in git. */
export const packagesFolder = join(root, 'models', 'packages')

/** The committed manifest: what the made files must be, to the byte. */
export const manifestPath = join(root, 'models', 'manifest.json')
