import { download, request } from './download.ts'
import { browserCache, type FileCache } from './fileCache.ts'
import {
  findModel,
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
  cache = browserCache('facerefiner-models'),
}: BrowserStoreOptions = {}): ModelStore {
  let known: Promise<ModelManifest> | undefined
  const manifest = (): Promise<ModelManifest> => {
    known ??= loadManifest(base, cache)
    known.catch(() => {
      known = undefined
    })
    return known
  }

  return {
    manifest,
    async load(id, onProgress) {
      const { files } = findModel(await manifest(), id)
      const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
      const received = new Map<ModelFile, number>()
      const loadOne = async (file: ModelFile): Promise<[string, Uint8Array]> => {
        const data = await loadFile(file, base, cache, (bytes) => {
          received.set(file, bytes)
          const loaded = [...received.values()].reduce((sum, value) => sum + value, 0)
          onProgress?.({ file: file.file, loaded, total })
        })
        return [nameInModel(file), data]
      }
      return new Map(await Promise.all(files.map(loadOne)))
    },
  }
}

/** The worker's manifest, or the last one it gave where it cannot be reached now. */
async function loadManifest(base: string, cache: FileCache): Promise<ModelManifest> {
  const url = new URL(manifestUrl, base).href
  try {
    const response = await request(url, 'The list of models')
    const data = new Uint8Array(await response.arrayBuffer())
    const manifest = parse(data)
    await cache.set(url, data)
    return manifest
  } catch (error) {
    const kept = await cache.get(url)
    if (kept) return parse(kept)
    throw error
  }
}

function parse(data: Uint8Array): ModelManifest {
  return JSON.parse(new TextDecoder().decode(data))
}

async function loadFile(
  file: ModelFile,
  base: string,
  cache: FileCache,
  onBytes: (received: number) => void,
): Promise<Uint8Array> {
  const url = new URL(modelUrl(file), base).href
  const kept = await cache.get(url)
  if (kept && (await sha256Hex(kept)) === file.sha256) {
    onBytes(kept.length)
    return kept
  }
  if (kept) await cache.delete(url)
  const data = await download(file, base, onBytes)
  await cache.set(url, data)
  return data
}
