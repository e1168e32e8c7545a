import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../models/paths.ts'
import { commandLine } from '../command-line.ts'
import { step } from '../step.ts'
import { packageName, readLock, readManifest, withAllBelow } from './lock.ts'

const usage = `npm run sbom              writes dist/sbom.json (CycloneDX): every package and every model file that page and service need
npm run sbom -- --dev     with those of the tests and the terminal besides`

interface Bom {
  metadata: { component: { name: string } }
  components: { name: string; version: string; 'bom-ref': string; [fact: string]: unknown }[]
  dependencies: { ref: string; dependsOn?: string[] }[]
}

/** Files of the models as CycloneDX components. */
export function modelComponents(): Bom['components'] {
  const { models } = JSON.parse(readFileSync(join(root, 'models', 'manifest.json'), 'utf8')) as {
    models: {
      id: string
      version: string
      licence: string
      source: string
      files: { file: string; sha256: string }[]
    }[]
  }
  return models.map(({ id, version, licence, source, files }) => ({
    type: 'machine-learning-model',
    'bom-ref': `model:${id}@${version}`,
    name: id,
    version,
    description: source,
    licenses: [{ license: { id: licence } }],
    components: files.map(({ file, sha256 }) => ({
      type: 'file',
      'bom-ref': `file:${file}`,
      name: file,
      hashes: [{ alg: 'SHA-256', content: sha256 }],
    })),
  }))
}

/**
 * The project's software bill of materials: what npm knows by package-lock.json, and the models.
 *
 * @param options.dev with what only tests and the terminal need; npm's own way of leaving it out also leaves out what those
 *   have in common with the page
 * @throws Error where npm is older than 10 and knows no such list
 */
export function billOfMaterials({ dev = false } = {}): Bom {
  const made = npmSbom()
  const lock = readLock()
  const { name, dependencies, optionalDependencies } = readManifest()
  const wanted = withAllBelow(lock, Object.keys({ ...dependencies, ...optionalDependencies }))
  const kept = new Set(wanted.map((path) => `${packageName(path)}@${lock[path].version}`))
  const isKept = (of: { name: string; version: string }) => dev || kept.has(`${of.name}@${of.version}`)
  const components = made.components.filter(isKept)
  const refs = new Set(components.map((component) => component['bom-ref']))
  const project = made.dependencies[0].ref
  return {
    ...made,
    // npm calls it by its folder.
    metadata: { ...made.metadata, component: { ...made.metadata.component, name } },
    components: [...components, ...modelComponents()],
    dependencies: made.dependencies
      .filter(({ ref }) => ref === project || refs.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((below) => refs.has(below)) })),
  }
}

function npmSbom(): Bom {
  const parameters = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only']
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore']
    // Not what the npm that runs this was told to leave out.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name) && name !== 'NODE_ENV'),
    )
    return JSON.parse(execFileSync('npm', parameters, { cwd: root, encoding: 'utf8', env, stdio }))
  } catch {
    throw new Error(`npm ${parameters.join(' ')} failed: bring npm 10 or newer.`)
  }
}

if (import.meta.main) {
  const { values } = commandLine(usage, { dev: { type: 'boolean' } })
  await step('Bill of materials', async () => {
    mkdirSync(join(root, 'dist'), { recursive: true })
    writeFileSync(join(root, 'dist', 'sbom.json'), `${JSON.stringify(billOfMaterials(values), null, 2)}\n`)
    return true
  })
}
