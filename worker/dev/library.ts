import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rollup } from 'vite'
import type { ModelManifest } from '../../client/runtime/models.ts'
import { makeModels } from '../../models/make-models.ts'
import { distFolder, root } from '../../models/paths.ts'
import manifest from '../../package.json' with { type: 'json' }
import { commandLine } from './command-line.ts'
import { step } from './step.ts'

const folder = join(root, 'dist', 'library')

/**
 * Builds the package folder dist/library, which another project can install (`npm install ../facerefiner/dist/library`):
 * one script for browsers, one for Node, their types, the model files that Node reads, and a package.json that names
 * what they import.
 */
export async function buildLibrary(): Promise<void> {
  await makeModels()
  rmSync(folder, { recursive: true, force: true })
  const imported = new Set([...(await bundle('browser')), ...(await bundle('node'))])
  execFileSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.library.json'], {
    cwd: root,
    stdio: 'inherit',
  })
  const { name, version, description, license, private: unpublished, type, engines } = manifest
  const used = (all: Record<string, string>) =>
    Object.fromEntries(Object.entries(all).filter(([key]) => imported.has(key)))
  const packed = {
    name,
    version,
    description,
    license,
    private: unpublished,
    type,
    engines,
    sideEffects: false,
    exports: { '.': { types: './types/client/index.d.ts', node: './node.js', default: './browser.js' } },
    dependencies: used(manifest.dependencies),
    // For Node alone: large, and made for one platform.
    optionalDependencies: used(manifest.devDependencies),
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`)
  copyModels()
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  copyFileSync(join(root, 'client', 'library', 'README.md'), join(folder, 'README.md'))
}

/** What a capture and the heads and the presets that need nothing more use, 11 MB; browsers fetch theirs from a server. */
function copyModels(): void {
  const all = JSON.parse(readFileSync(join(distFolder, 'manifest.json'), 'utf8')) as ModelManifest
  const used = ['capture', 'head', 'backbone']
  const models = all.models.filter(({ id, purpose }) => used.includes(purpose) && id !== 'vgg16')
  for (const { file } of models.flatMap(({ files }) => files))
    cpSync(join(distFolder, file), join(folder, 'models', file))
  writeFileSync(join(folder, 'models', 'manifest.json'), JSON.stringify({ ...all, models }, null, 2))
}

/** @returns the packages that the bundle imports */
async function bundle(mode: 'browser' | 'node'): Promise<string[]> {
  const configFile = join(root, 'vite.library.config.ts')
  const output = (await build({ configFile, mode, logLevel: 'error' })) as Rollup.RollupOutput[]
  return [output]
    .flat()
    .flatMap(({ output: files }) => files)
    .flatMap((file) => (file.type === 'chunk' ? [...file.imports, ...file.dynamicImports] : []))
    .map((id) =>
      id
        .split('/')
        .slice(0, id.startsWith('@') ? 2 : 1)
        .join('/'),
    )
}

if (import.meta.main) {
  commandLine('npm run library     builds the package that other projects import, into dist/library')
  await step('Library', async () => {
    await buildLibrary()
    return true
  })
}
