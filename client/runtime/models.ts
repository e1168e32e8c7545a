/** Model files as the rest of the client sees them; store.ts (browser) and disk.ts (Node) provide them. */

export interface ModelFile {
  /** Path below the model root, e.g. `blazeface/model.json`. */
  file: string
  bytes: number
  /** Bytes that travel where the file is served packed: what a download shows. Left out: as many as `bytes`. */
  packed?: number
  /** Lower-case hex. */
  sha256: string
}

export interface ModelEntry {
  id: string
  version: string
  /** `head`: the rest of a head. `runtime`: the WebAssembly builds of tfjs and onnxruntime, served the same way as the models. */
  purpose: 'capture' | 'head' | 'backbone' | 'evaluation' | 'runtime'
  licence: string
  source: string
  files: ModelFile[]
}

export interface ModelManifest {
  models: ModelEntry[]
}

/** Bytes received so far over all files wanted. */
export interface DownloadProgress {
  file: string
  loaded: number
  total: number
}

export interface ModelStore {
  manifest(): Promise<ModelManifest>
  /**
   * The files of one model, verified against their sha256, by file name relative to the model (`model.json`, `model.bin`).
   *
   * @param names which of them; default: all
   * @throws ModelError naming the file where one is missing or was altered on the way.
   */
  load(
    id: string,
    onProgress?: (progress: DownloadProgress) => void,
    names?: readonly string[],
  ): Promise<Map<string, Uint8Array>>
}

export class ModelError extends Error {
  readonly code: 'unknown-model' | 'missing' | 'altered' | 'network' | 'insecure' | 'not-started'
  /** The facts that the sentence names, so that it can be said in another language. */
  readonly details: Readonly<Record<string, string | number>>
  constructor(code: ModelError['code'], message: string, details: ModelError['details'] = {}) {
    super(message)
    this.name = 'ModelError'
    this.code = code
    this.details = details
  }
}

/**
 * Where the worker serves a file. The address holds the content's hash, so that it can be cached for ever.
 *
 * @example modelUrl({ file: 'blazeface/model.bin', bytes: 1, sha256: '0123456789abcdef...' }) // -> /models/0123456789abcdef/model.bin
 */
export function modelUrl(file: ModelFile): string {
  return `/models/${modelKey(file)}`
}

/** Key of a file below the worker's model root: first 16 hex digits of its sha256, then its base name. */
export function modelKey(file: ModelFile): string {
  return `${file.sha256.slice(0, 16)}/${file.file.slice(file.file.lastIndexOf('/') + 1)}`
}

/** @throws ModelError listing the models there are */
export function findModel(manifest: ModelManifest, id: string): ModelEntry {
  const entry = manifest.models.find((model) => model.id === id)
  if (entry) return entry
  const known = manifest.models.map((model) => model.id).join(', ')
  throw new ModelError('unknown-model', `There is no model "${id}". The manifest has: ${known}.`, {
    id,
    known,
  })
}

/**
 * The files of an entry that are called so; all of them where no names are given.
 *
 * @throws ModelError where it has no file of a name
 */
export function filesNamed(entry: ModelEntry, names?: readonly string[]): ModelFile[] {
  if (!names) return entry.files
  return names.map((name) => {
    const file = entry.files.find((each) => nameInModel(each) === name)
    if (file) return file
    const known = entry.files.map(nameInModel).join(', ')
    throw new ModelError('missing', `The model "${entry.id}" has no file ${name}, only ${known}.`)
  })
}

/** `blazeface/model.json` -> `model.json` */
export function nameInModel({ file }: ModelFile): string {
  return file.slice(file.indexOf('/') + 1)
}
