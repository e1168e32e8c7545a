import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Where the made files and the manifest that describes them lie. Not in git. */
export const distFolder = join(root, 'models', 'dist')

/** The committed manifest: what the made files must be, to the byte. */
export const manifestPath = join(root, 'models', 'manifest.json')
