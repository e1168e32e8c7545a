/**
 * Lets the page open without a network the second time. Kept are the page and the scripts it has used; model files and the
 * WebAssembly that runs them are kept by the model store, which verifies them (runtime/store.ts).
 */

/** Hash of the client's sources, set by the build. */
declare const sourcesHash: string

const worker = self as unknown as ServiceWorkerGlobalScope
const prefix = 'facerefiner-page-'
const cacheName = prefix + sourcesHash

worker.addEventListener('install', () => {
  worker.skipWaiting()
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOlderPages().then(() => worker.clients.claim()))
})

/** The page tells what it loaded before this worker took over. */
worker.addEventListener('message', (event) => {
  const urls: string[] = event.data?.loaded ?? []
  event.waitUntil(Promise.all(urls.filter(isKept).map(keep)))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || request.cache === 'no-store') return
  if (request.mode === 'navigate') event.respondWith(fromNetwork(request))
  else if (isKept(request.url)) event.respondWith(fromCache(request))
})

/** Built files have their content's hash in their address: once kept, always right. */
function isKept(url: string): boolean {
  const { origin, pathname } = new URL(url)
  if (origin !== worker.location.origin) return false
  return pathname === '/' || pathname.startsWith('/assets/')
}

async function fromNetwork(request: Request): Promise<Response> {
  try {
    const response = await fetch(request)
    if (response.ok && isKept(request.url))
      await (await caches.open(cacheName)).put(request, response.clone())
    return response
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true })
    if (kept) return kept
    throw error
  }
}

async function fromCache(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.status === 200) {
    const cache = await caches.open(cacheName)
    // Full storage is no reason to fail the page.
    await cache.put(request, response.clone()).catch(() => {})
  }
  return response
}

async function keep(url: string): Promise<void> {
  const cache = await caches.open(cacheName)
  if (!(await cache.match(url))) await cache.add(url).catch(() => {})
}

async function dropOlderPages(): Promise<void> {
  const names = await caches.keys()
  const older = names.filter((name) => name.startsWith(prefix) && name !== cacheName)
  await Promise.all(older.map((name) => caches.delete(name)))
}
