import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { root } from '../../models/paths.ts'

/** Licences, notices of others' work, and no readme. */
const isNotice = (file: string) => /^(licen[cs]e|notice|third[_-]?party)/i.test(file)

/** Dependencies that build and serve; nothing of them is in the page. */
const tools = ['tar', 'vite', 'wrangler']

/** The licence and notice files of what the built page may contain: the dependencies of package.json, less the tools. */
export function licenceTexts(): string {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const names = Object.keys(dependencies).filter((name) => !tools.includes(name))
  const texts = names.map((name) => {
    const folder = join(root, 'node_modules', name)
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const notices = readdirSync(folder).filter(isNotice)
    const contents = notices.map((file) => readFileSync(join(folder, file), 'utf8').trim())
    return [`${name} ${version} (${license})`, ...contents].join('\n\n')
  })
  return `FaceRefiner contains the following works.\n\n${texts.join(`\n\n${'='.repeat(80)}\n\n`)}\n`
}

/** Puts {@link licenceTexts} beside the page, as the licences of some of them ask. */
export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    generateBundle() {
      // The builds of the page's workers would write it again.
      if (this.environment.config.isWorker) return
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licenceTexts() })
    },
  }
}
