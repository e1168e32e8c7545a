/**
 * Lets the page open without a network the second time. Kept are the page and the scripts it has used; model files and the
 * WebAssembly that runs them are kept by the model store, which verifies them (runtime/store.ts).
 *
 * Whatever runs is what was built: the build tells this script the page and the sha256 of each file (vite-plugin.ts), and the
 * browser keeps this script apart from the storage that pages can write. Storage may be full, closed or altered: that never
 * costs an answer that the network gives.
 */

/** Hash of the client's sources, set by the build. */
declare const sourcesHash: string
/** The built page, and the sha256 of each file below /assets/ as base64 by its path: put before this script by the build. */
declare const built: { page: string; files: Readonly<Record<string, string>> }

const worker = self as unknown as ServiceWorkerGlobalScope
const prefix = 'facerefiner-page-'
const cacheName = prefix + sourcesHash
const pagePath = '/'
/** Seconds that the network may take for the page, until the kept one is shown. */
const patience = 15

worker.addEventListener('install', () => {
  worker.skipWaiting()
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(tried(dropOlderPages).then(() => worker.clients.claim()))
})

/** The page tells what it loaded before this worker took over. */
worker.addEventListener('message', (event) => {
  const loaded: unknown = event.data?.loaded
  if (!Array.isArray(loaded)) return
  event.waitUntil(Promise.all(loaded.map(pathOf).map((path) => tried(() => keepAnew(path)))))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || request.cache === 'no-store') return
  const path = pathOf(request.url)
  if (request.mode === 'navigate') {
    if (path === pagePath) event.respondWith(page(event))
  } else if (isBuilt(path)) event.respondWith(file(event, path))
})

/** From the network; the kept one where there is none, or none that answers. */
async function page(event: FetchEvent): Promise<Response> {
  const arrival = fetch(event.request)
  const silence = new Promise<never>((_, reject) => setTimeout(reject, 1000 * patience))
  try {
    const response = await Promise.race([arrival, silence])
    if (response.ok) event.waitUntil(keep(pagePath, response.clone()))
    return response
  } catch {
    const kept = await find(pagePath)
    // Of the kept one the headers alone are used: it differs from what was built in what search engines read.
    return kept ? answer(built.page, kept) : arrival
  }
}

/** Built files have their content's hash in their address: once kept, always right. What is kept and not right goes. */
async function file(event: FetchEvent, path: string): Promise<Response> {
  const kept = await find(path)
  const verified = kept && (await tried(() => verify(path, kept)))
  if (verified) return verified
  if (kept) await tried(async () => (await caches.open(cacheName)).delete(path))
  const response = await fetchVerified(path, event.request)
  if (response.ok) event.waitUntil(keep(path, response.clone()))
  return response
}

/** @throws TypeError where there is no connection, or what comes is not what was built even past the browser's cache */
async function fetchVerified(path: string, request: Request): Promise<Response> {
  for (const again of [request, new Request(request, { cache: 'reload' })]) {
    const response = await fetch(again)
    if (response.status !== 200) return response
    const verified = await verify(path, response)
    if (verified) return verified
  }
  throw new TypeError(`${path} was altered on the way.`)
}

/** @returns the same answer, arrived as a whole; undefined where it is not what was built */
async function verify(path: string, response: Response): Promise<Response | undefined> {
  const body = await response.arrayBuffer()
  const digest = String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', body)))
  return btoa(digest) === built.files[path] ? answer(body, response) : undefined
}

/** With the headers of another answer, but for those of how it travelled. */
function answer(body: BodyInit, { headers: given }: Response): Response {
  const headers = new Headers(given)
  for (const name of ['content-encoding', 'content-length']) headers.delete(name)
  return new Response(body, { headers })
}

async function keepAnew(path: string): Promise<void> {
  if (path === pagePath) return keep(path, await fetch(path))
  if (!isBuilt(path) || (await find(path))) return
  await keep(path, await fetchVerified(path, new Request(path)))
}

async function keep(path: string, response: Response): Promise<void> {
  if (response.ok) await tried(async () => (await caches.open(cacheName)).put(path, response))
}

const find = (path: string) => tried(async () => (await caches.open(cacheName)).match(path))

async function dropOlderPages(): Promise<void> {
  const names = await caches.keys()
  const older = names.filter((name) => name.startsWith(prefix) && name !== cacheName)
  await Promise.all(older.map((name) => caches.delete(name)))
}

/** Storage that is full or closed is no reason to fail the page. */
async function tried<T>(use: () => Promise<T>): Promise<T | undefined> {
  try {
    return await use()
  } catch {
    return undefined
  }
}

/** Of an address of this site; '' of any other, and of what is none. */
function pathOf(url: unknown): string {
  if (typeof url !== 'string' || !URL.canParse(url)) return ''
  const { origin, pathname } = new URL(url)
  return origin === worker.location.origin ? pathname : ''
}

const isBuilt = (path: string) => Object.hasOwn(built.files, path)
