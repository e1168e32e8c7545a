import type { Plugin } from 'vite'
import { licenceTexts, packageOfModule } from './licences.ts'
import { packageName } from './lock.ts'
import { shippedPackages } from './shipped.ts'

/**
 * Puts the licences beside the page as /licences.txt, as some of them ask. Ends the build where it holds a package whose
 * licence is not among them. For the build of the page and those of its workers alike.
 */
export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle(_, bundle) {
      const listed = new Set(shippedPackages().map(packageName))
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
      const packages = modules.map(packageOfModule).filter((name) => name !== undefined)
      const unlisted = packages.find((name) => !listed.has(name))
      if (unlisted) {
        this.error(`The build contains ${unlisted}, which is no dependency in package.json: make it one.`)
      }
      // The builds of the page's workers would write it again.
      if (this.environment.config.isWorker) return
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licenceTexts() })
    },
  }
}
