import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelEntry, ModelFile, ModelManifest } from '../client/runtime/models.ts'
import { contentHash } from './content-hash.ts'
import { dataPackages } from './data-packages.ts'
import { packageFolder, packageVersion } from './package.ts'
import { distFolder, manifestPath, root } from './paths.ts'
import { placeFiles } from './place-files.ts'
import type { Recipe } from './recipe.ts'
import { recipes } from './recipes.ts'
import { writeServedManifest } from './served-manifest.ts'

export interface MakeOptions {
  /** Rewrite models/manifest.json from what was made, instead of holding the files to it. */
  write?: boolean
  log?: (line: string) => void
}

const stampPath = join(distFolder, '.stamp')

/**
 * Makes every file of the manifest into models/dist, with its compressed variants, and does nothing where they are all
 * there already.
 *
 * @returns whether anything was made
 * @throws Error saying which file came out different from the manifest
 */
export async function makeModels({ write = false, log = () => {} }: MakeOptions = {}): Promise<boolean> {
  if (!write && isUpToDate()) return false
  await Promise.all([...new Set(recipes.map(({ from }) => from))].map((name) => packageFolder(name, log)))
  const models: ModelEntry[] = []
  for (const recipe of recipes) {
    const entry = await makeEntry(recipe)
    models.push(entry)
    log(`${entry.id}: ${entry.files.length} files, ${megabytes(entry.files)} MB`)
  }
  const made: ModelManifest = { models }
  if (write) writeFileSync(manifestPath, `${JSON.stringify(made, null, 2)}\n`)
  const manifest = readManifest()
  holdToManifest(made, manifest)
  writeServedManifest(manifest)
  writeFileSync(stampPath, stamp())
  return true
}

/** The committed manifest. */
export function readManifest(): ModelManifest {
  if (!existsSync(manifestPath)) return { models: [] }
  return JSON.parse(readFileSync(manifestPath, 'utf8'))
}

async function makeEntry({ from, make, id, purpose, licence, source }: Recipe): Promise<ModelEntry> {
  const files = await placeFiles(id, await make())
  return { id, version: packageVersion(from), purpose, licence, source, files }
}

function holdToManifest(made: ModelManifest, manifest: ModelManifest): void {
  const known = new Map(manifest.models.flatMap((model) => model.files.map((file) => [file.file, file])))
  for (const { file, bytes, sha256: hash } of made.models.flatMap((model) => model.files)) {
    const wanted = known.get(file)
    if (wanted?.sha256 === hash) continue
    throw new Error(
      `${file} came out with ${bytes} bytes and sha256 ${hash}; models/manifest.json expects ` +
        `${wanted ? `${wanted.bytes} bytes and sha256 ${wanted.sha256}` : 'no such file'}. Install the locked packages ` +
        'with npm ci, or accept the new file with npm run models -- --write.',
    )
  }
  const files = new Set(made.models.flatMap((model) => model.files.map(({ file }) => file)))
  const left = [...known.keys()].filter((file) => !files.has(file))
  if (left.length > 0) {
    throw new Error(
      `Nothing makes ${left.join(', ')}, which models/manifest.json lists. Drop it with npm run models -- --write.`,
    )
  }
}

function isUpToDate(): boolean {
  if (!existsSync(stampPath) || readFileSync(stampPath, 'utf8') !== stamp()) return false
  return readManifest()
    .models.flatMap((model) => model.files)
    .every(({ file, bytes }) => {
      const path = join(distFolder, file)
      return existsSync(path) && statSync(path).size === bytes
    })
}

/** Hash of everything that decides what is made: the manifest, the recipes and the packages that they read. */
function stamp(): string {
  const sources = readdirSync(join(root, 'models'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
  const installed = recipes.map(({ from }) => from).filter((name) => !(name in dataPackages))
  const packages = new Set(installed.map((name) => `node_modules/${name}/package.json`))
  return contentHash(['models/manifest.json', ...sources.map((name) => `models/${name}`), ...packages])
}

function megabytes(files: ModelFile[]): string {
  return (files.reduce((sum, file) => sum + file.bytes, 0) / 1e6).toFixed(1)
}
