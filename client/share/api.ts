import { hc } from 'hono/client'
import type { Api } from '../../worker/api.ts'
import type { DeclaredParts, Result, Scope, Upload, Visibility } from '../../worker/contract/contract.ts'
import type { PartName, requiredParts } from '../../worker/contract/parts.ts'
import { ShareError, shareErrorOf } from './errors.ts'
import { patientFetch } from './patient-fetch.ts'
import { plainJpeg } from './plain-jpeg.ts'
import { withRetry } from './retry.ts'

export { ShareError }

/** Everything that is uploaded, as it goes into the files. The photo goes along only where its owner said so. */
export type ShareParts = Record<(typeof requiredParts)[number], Uint8Array<ArrayBuffer>> & {
  /** Of `headGlb`, textures as PNG, that of the skin at most 1,024 px high. */
  'head.glb'?: Uint8Array<ArrayBuffer>
  /** Upright and made anew (canvas.toBlob), at most 2,048 px a side and 3 MB. */
  'photo.jpg'?: Uint8Array<ArrayBuffer>
}

/** Who holds it can go on with the upload, and later read, change and delete the result. Keep it with the visitor. */
export interface Ownership {
  id: string
  owner: string
}

export interface ShareOptions {
  /** Where the service is, e.g. `https://facerefiner.example`. */
  origin: string
  /** The widget's publishable key, where the page is not the service's own. */
  key?: string
  /** Turnstile token, where the service asks for one. */
  turnstile?: string
  title?: string
  visibility?: Visibility
  /** Goes on with an upload that broke off, or that a part was refused of. */
  resume?: Ownership
  /** Called before the first byte is sent: what to keep in order to resume. */
  onStart?: (ownership: Ownership) => void
  /** Share of all bytes that have arrived, 0..1. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
  fetch?: typeof fetch
}

/**
 * Shares a result: opens a session, declares the parts, sends those that are not there yet and publishes. Each step is
 * repeated where its failing may pass. Nothing is published unless it returns.
 *
 * @returns the published result and what makes the visitor its owner
 * @throws ShareError naming the part where one was refused; call again with `resume` and the corrected part
 */
export async function shareResult(
  given: ShareParts,
  options: ShareOptions,
): Promise<{ result: Result; ownership: Ownership }> {
  const { signal, title, visibility } = options
  const parts = withoutMetadata(given)
  const api = hc<Api>(options.origin, { fetch: patientFetch(options.fetch), init: { signal } })
  const declared = await declare(parts)
  const { ownership, upload } = options.resume
    ? await resume(api, options.resume, declared, signal)
    : await begin(api, declared, options)
  options.onStart?.(ownership)
  if (upload) await send(parts, upload, ownership, options)
  const result = await withRetry(async () => {
    const response = await api.api.results[':id'].commit.$post(
      { param: { id: ownership.id }, json: { title, visibility } },
      bearer(ownership.owner),
    )
    return response.status === 200 ? response.json() : fail(response)
  }, signal)
  return { result, ownership }
}

/** Opens a session for one purpose. @returns its token */
export function openSession(
  {
    origin,
    key,
    turnstile,
    signal,
    fetch,
  }: Pick<ShareOptions, 'origin' | 'key' | 'turnstile' | 'signal' | 'fetch'>,
  scope: Scope,
): Promise<string> {
  const api = hc<Api>(origin, { fetch: patientFetch(fetch), init: { signal } })
  return withRetry(async () => {
    const response = await api.api.session.$post({ json: { key, turnstile, scope: [scope] } })
    return response.status === 200 ? (await response.json()).token : fail(response)
  }, signal)
}

type Client = ReturnType<typeof hc<Api>>

/** Where an upload stands; without `upload` it is published already. */
interface Begun {
  ownership: Ownership
  upload?: Upload
}

async function begin(api: Client, parts: DeclaredParts, options: ShareOptions): Promise<Begun> {
  const token = await openSession(options, 'results:create')
  // Where the answer is lost, asking again finds the same upload.
  const header = { 'idempotency-key': randomKey() }
  return withRetry(async () => {
    const response = await api.api.results.$post({ json: { parts }, header }, bearer(token))
    if (response.status !== 201) return fail(response)
    const { owner, ...upload } = await response.json()
    return { ownership: { id: upload.id, owner }, upload }
  }, options.signal)
}

/** Asks what is there, and declares anew what differs from it. */
async function resume(
  api: Client,
  ownership: Ownership,
  parts: DeclaredParts,
  signal: AbortSignal | undefined,
): Promise<Begun> {
  const param = { id: ownership.id }
  const state = await withRetry(async () => {
    const response = await api.api.results[':id'].$get({ param }, bearer(ownership.owner))
    return response.status === 200 ? response.json() : fail(response)
  }, signal)
  if (state.state === 'published') return { ownership }
  const known = new Map(state.parts.map(({ name, sha256 }) => [name, sha256]))
  const names = [...new Set([...known.keys(), ...(Object.keys(parts) as PartName[])])]
  const changed = names.filter((name) => known.get(name) !== parts[name]?.sha256)
  if (changed.length === 0) return { ownership, upload: state }
  const anew = Object.fromEntries(changed.map((name) => [name, parts[name] ?? null]))
  const upload = await withRetry(async () => {
    const response = await api.api.results[':id'].parts.$patch(
      { param, json: { parts: anew } },
      bearer(ownership.owner),
    )
    return response.status === 200 ? response.json() : fail(response)
  }, signal)
  return { ownership, upload }
}

async function send(parts: ShareParts, upload: Upload, { owner }: Ownership, options: ShareOptions) {
  const { origin, signal, onProgress } = options
  const fetch = patientFetch(options.fetch)
  const all = upload.parts.reduce((sum, { bytes }) => sum + bytes, 0)
  let arrived = 0
  for (const { name, bytes, stored, url } of upload.parts) {
    if (!stored) {
      await withRetry(async () => {
        const { headers } = bearer(owner)
        const response = await fetch(origin + url, { method: 'PUT', headers, body: parts[name], signal })
        if (!response.ok) await fail(response)
      }, signal)
    }
    arrived += bytes
    onProgress?.(arrived / all)
  }
}

/** Some browsers write an EXIF header into what canvas.toBlob makes; the service takes none. */
function withoutMetadata(parts: ShareParts): ShareParts {
  const { 'preview.jpg': preview, 'photo.jpg': photo, ...others } = parts
  return { ...others, 'preview.jpg': plainJpeg(preview), ...(photo && { 'photo.jpg': plainJpeg(photo) }) }
}

async function declare(parts: ShareParts): Promise<DeclaredParts> {
  const entries = Object.entries(parts).map(async ([name, data]) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return [name, { bytes: data.length, sha256 }]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** 32 random bytes as base64url. */
function randomKey(): string {
  const text = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function bearer(token: string): { headers: { authorization: string } } {
  return { headers: { authorization: `Bearer ${token}` } }
}

async function fail(response: unknown): Promise<never> {
  throw await shareErrorOf(response as Response)
}
