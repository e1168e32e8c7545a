import { download, requestWhole } from './download.ts'
import { browserCache, type FileCache } from './file-cache.ts'
import { modelCache } from './kept-models.ts'
import {
  filesNamed,
  findModel,
  ModelError,
  type ModelFile,
  type ModelManifest,
  type ModelStore,
  modelUrl,
  nameInModel,
} from './models.ts'
import { sha256Hex } from './sha256.ts'

export interface BrowserStoreOptions {
  /** Where the worker answers. Default: the page's own origin. */
  base?: string
  /** Default: the Cache API, memory where storage throws. */
  cache?: FileCache
  /**
   * Told of every piece of a file that is downloaded, whoever asked for it; of a file that was kept, nothing.
   *
   * @param received bytes so far, unpacked; fewer than before where a download starts anew
   */
  onBytes?: (file: ModelFile, received: number) => void
}

export interface BrowserStore extends ModelStore {
  /** Those of a model's files that are not kept here and so would be downloaded. */
  lacking(id: string, names?: readonly string[]): Promise<ModelFile[]>
}

const manifestUrl = '/models/manifest.json'

/**
 * The model files as the worker serves them: downloaded once, checked against their sha256, kept in the browser. What
 * was loaded before works without a network. Runs in pages and in web workers.
 *
 * @example
 * const files = await browserStore().load('blazeface', ({ loaded, total }) => show(loaded / total))
 * files.get('model.json') // -> Uint8Array
 */
export function browserStore({
  base = self.location.origin,
  cache = browserCache(modelCache),
  onBytes,
}: BrowserStoreOptions = {}): BrowserStore {
  let known: Promise<ModelManifest> | undefined
  const manifest = (): Promise<ModelManifest> => {
    known ??= loadManifest(base, cache)
    known.catch(() => {
      known = undefined
    })
    return known
  }

  const addressOf = (file: ModelFile) => new URL(modelUrl(file), base).href
  const loads = new SharedLoads()
  const loadFile = (file: ModelFile, onReceived: (bytes: number) => void) =>
    loads.load(addressOf(file), onReceived, (tell) =>
      keptOrDownloaded(file, { base, cache, onReceived: tell, onBytes }),
    )

  return {
    manifest,

    async load(id, onProgress, names) {
      const files = filesNamed(findModel(await manifest(), id), names)
      const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
      const received = new Map<ModelFile, number>()
      const loadOne = async (file: ModelFile): Promise<[string, Uint8Array]> => {
        const data = await loadFile(file, (bytes) => {
          received.set(file, bytes)
          const loaded = [...received.values()].reduce((sum, value) => sum + value, 0)
          onProgress?.({ file: file.file, loaded, total })
        })
        return [nameInModel(file), data]
      }
      return new Map(await Promise.all(files.map(loadOne)))
    },

    async lacking(id, names) {
      const files = filesNamed(findModel(await manifest(), id), names)
      const kept = await Promise.all(files.map((file) => cache.has(addressOf(file))))
      return files.filter((_, i) => !kept[i])
    },
  }
}

/** Downloads under way: a file that is asked for twice comes once, and both are told how far it is. */
class SharedLoads {
  readonly #underway = new Map<
    string,
    { data: Promise<Uint8Array>; heard: Set<(received: number) => void> }
  >()

  load(
    address: string,
    onReceived: (received: number) => void,
    start: (tell: (received: number) => void) => Promise<Uint8Array>,
  ): Promise<Uint8Array> {
    const known = this.#underway.get(address)
    known?.heard.add(onReceived)
    if (known) return known.data
    const heard = new Set([onReceived])
    const data = start((received) => {
      for (const tell of heard) tell(received)
    }).finally(() => this.#underway.delete(address))
    this.#underway.set(address, { data, heard })
    return data
  }
}

interface Wanted
  extends Required<Pick<BrowserStoreOptions, 'base' | 'cache'>>,
    Pick<BrowserStoreOptions, 'onBytes'> {
  /** Told also of a file that was kept. */
  onReceived: (received: number) => void
}

async function keptOrDownloaded(
  file: ModelFile,
  { base, cache, onReceived, onBytes }: Wanted,
): Promise<Uint8Array> {
  const url = new URL(modelUrl(file), base).href
  const kept = await cache.get(url)
  if (kept && (await sha256Hex(kept)) === file.sha256) {
    onReceived(kept.length)
    return kept
  }
  if (kept) await cache.delete(url)
  const caching = (await cache.lasts()) ? 'no-store' : 'default'
  const tell = (received: number) => {
    onBytes?.(file, received)
    onReceived(received)
  }
  const data = await download(file, base, tell, caching)
  await cache.set(url, data)
  return data
}

/** The worker's manifest, or the last one it gave where it cannot be reached now. */
async function loadManifest(base: string, cache: FileCache): Promise<ModelManifest> {
  const url = new URL(manifestUrl, base).href
  try {
    const data = await requestWhole(url, 'The list of models')
    const manifest = parse(data)
    if (!manifest) throw noManifest()
    await cache.set(url, data)
    return manifest
  } catch (error) {
    const kept = await cache.get(url)
    const manifest = kept && parse(kept)
    if (manifest) return manifest
    if (kept) await cache.delete(url)
    throw error
  }
}

/** @returns null for what is no manifest: a captive portal's page, or an entry that was damaged */
function parse(data: Uint8Array): ModelManifest | null {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(data)) as Partial<ModelManifest> | null
    return Array.isArray(manifest?.models) ? (manifest as ModelManifest) : null
  } catch {
    return null
  }
}

function noManifest(): ModelError {
  const file = 'The list of models'
  const message = `${file} could not be downloaded: something else came. Try again.`
  return new ModelError('network', message, { file, reason: 'other' })
}
