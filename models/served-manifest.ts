import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelEntry, ModelFile, ModelManifest } from '../client/runtime/models.ts'
import { encodings } from './compress.ts'
import { distFolder } from './paths.ts'

// What is served is what npm packages give, which the committed manifest describes, and what the operator added, which
// is on this machine only: models/dist/added.json lists it, so that it stays when the rest is made anew.

/** The manifest of the files that are served. Empty where nothing was made. */
export function readServedManifest(folder: string = distFolder): ModelManifest {
  return readManifestFile(join(folder, 'manifest.json'))
}

/**
 * Writes the served manifest: the models given, then what was added and is still there. It also says how many bytes of a
 * file travel.
 */
export function writeServedManifest(made: ModelManifest, folder: string = distFolder): void {
  const models = [...made.models, ...addedModels(folder)]
  writeManifestFile(
    join(folder, 'manifest.json'),
    models.map((model) => ({ ...model, files: model.files.map((file) => withPackedBytes(file, folder)) })),
  )
}

/** Every browser that reaches the page by https takes brotli. */
function withPackedBytes(file: ModelFile, folder: string): ModelFile {
  const path = join(folder, file.file + encodings.br)
  return existsSync(path) ? { ...file, packed: statSync(path).size } : file
}

/** Adds a model whose files are in place, instead of one of the same id. */
export function registerAddedModel(entry: ModelEntry, folder: string = distFolder): void {
  const added = addedModels(folder)
  const isAdded = ({ id }: ModelEntry) => id === entry.id || added.some((model) => model.id === id)
  const made = readServedManifest(folder).models.filter((model) => !isAdded(model))
  const others = added.filter(({ id }) => id !== entry.id)
  writeManifestFile(join(folder, 'added.json'), [...others, entry])
  writeServedManifest({ models: made }, folder)
}

function addedModels(folder: string): ModelEntry[] {
  return readManifestFile(join(folder, 'added.json')).models.filter(({ files }) =>
    files.every(({ file }) => existsSync(join(folder, file))),
  )
}

function readManifestFile(path: string): ModelManifest {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { models: [] }
}

function writeManifestFile(path: string, models: ModelEntry[]): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(`${path}.new`, JSON.stringify({ models }))
  renameSync(`${path}.new`, path)
}
