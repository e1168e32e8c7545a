/** Where downloaded files are kept. Addresses hold the content's hash, so an entry never goes stale. */
export interface FileCache {
  get(url: string): Promise<Uint8Array | undefined>
  has(url: string): Promise<boolean>
  set(url: string, data: Uint8Array): Promise<void>
  delete(url: string): Promise<void>
  /** Does it outlive the page? Where it does not, the browser's own HTTP cache is better than none. */
  lasts(): Promise<boolean>
}

/**
 * The browser's Cache API in front of memory. Storage throws in private windows and in foreign frames, is absent outside
 * secure contexts and may be full: then the files are kept until the page closes.
 */
export function browserCache(name: string): FileCache {
  const memory = new Map<string, Uint8Array>()
  const tried = async <T>(use: (cache: Cache) => Promise<T>): Promise<T | undefined> => {
    try {
      return await use(await caches.open(name))
    } catch {
      return undefined
    }
  }
  return {
    async get(url) {
      const stored = await tried(async (cache) => (await cache.match(url))?.arrayBuffer())
      return stored ? new Uint8Array(stored) : memory.get(url)
    },
    // An entry's head alone is read: files have megabytes.
    has: async (url) => memory.has(url) || Boolean(await tried((cache) => cache.match(url))),
    async set(url, data) {
      const stored = await tried(async (cache) => {
        await cache.put(url, new Response(data as Uint8Array<ArrayBuffer>))
        return true
      })
      if (!stored) memory.set(url, data)
    },
    async delete(url) {
      memory.delete(url)
      await tried((cache) => cache.delete(url))
    },
    lasts: async () => (await tried(async () => true)) ?? false,
  }
}
