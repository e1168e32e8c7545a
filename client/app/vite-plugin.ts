import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** Tells the service worker what was built, for it to verify what it keeps. */
export function builtFiles(): Plugin {
  return {
    name: 'built-files',
    apply: 'build',
    enforce: 'post',
    async writeBundle({ dir }) {
      const names = await readdir(join(dir!, 'assets'))
      const digests = names.sort().map(async (name) => {
        const digest = createHash('sha256').update(await readFile(join(dir!, 'assets', name)))
        return [`/assets/${name}`, digest.digest('base64')]
      })
      const page = await readFile(join(dir!, 'index.html'), 'utf8')
      const built = { page, files: Object.fromEntries(await Promise.all(digests)) }
      const script = join(dir!, 'service-worker.js')
      await writeFile(script, `const built=${JSON.stringify(built)};\n${await readFile(script, 'utf8')}`)
    },
  }
}
