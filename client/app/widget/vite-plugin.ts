import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build, type Plugin } from 'vite'
import { root } from '../../../models/paths.ts'

const folder = join(root, 'client', 'app', 'widget')
/** What `npm publish dist/widget` publishes. */
const packageFolder = join(root, 'dist', 'widget')

/**
 * Builds `/widget.js` beside the client: in a build of its own, so that it is one file that shares nothing with the app
 * and is all that a host page loads. The same file makes the npm package in dist/widget.
 */
export function widgetLoader(): Plugin {
  let outDir = ''
  return {
    name: 'widget-loader',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir)
    },
    async closeBundle() {
      await build({
        configFile: false,
        logLevel: 'error',
        build: {
          outDir,
          emptyOutDir: false,
          copyPublicDir: false,
          target: 'es2024',
          // Browsers that know light-dark(): what would be put in its place needs a color-scheme of ours on the page.
          cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
          modulePreload: false,
          rollupOptions: {
            input: join(folder, 'loader.ts'),
            preserveEntrySignatures: 'exports-only',
            output: { entryFileNames: 'widget.js' },
          },
        },
      })
      await mkdir(packageFolder, { recursive: true })
      const files = ['package.json', 'README.md', 'widget.d.ts'].map((name) => join(folder, 'package', name))
      for (const file of [...files, join(root, 'LICENSE'), join(outDir, 'widget.js')]) {
        await copyFile(file, join(packageFolder, basename(file)))
      }
    },
  }
}
