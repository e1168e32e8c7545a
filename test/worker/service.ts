import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect } from 'vitest'
import type { DeclaredParts, Result, Upload } from '../../worker/contract/contract.ts'
import type { PartName } from '../../worker/contract/parts.ts'
import { type Parts, validParts } from '../support/parts.ts'
import { workerUnderTest } from '../support/worker-under-test.ts'

export const origin = 'http://localhost'

/** The ADMIN_TOKEN of the worker under test. */
export const adminToken = workerUnderTest.miniflare.bindings.ADMIN_TOKEN

export type { Parts }

let made: Promise<Parts> | undefined

/** Parts that pass the validation, the same in each test of a file. */
export function goodParts(): Promise<Parts> {
  made ??= validParts()
  return made
}

/** Each test of the file finds an empty service, and speaks from an address of its own, so that none uses up another's requests. */
export function isolateTests(): void {
  beforeEach(() => void newAddress())
  afterEach(() => reset())
}

let address = 0
/** From here on requests come from another address. */
export function newAddress(): string {
  address++
  return `192.0.2.${address}`
}

/** Where the next request comes from. */
export const presentAddress = () => `198.51.100.${address}`

interface Call {
  method?: string
  token?: string
  json?: unknown
  body?: BodyInit
  headers?: Record<string, string>
}

/** Asks the worker as a visitor does; what stands in `headers` counts. */
export function call(path: string, { method, token, json, body, headers }: Call = {}): Promise<Response> {
  const sent: Record<string, string> = { 'cf-connecting-ip': presentAddress() }
  if (token) sent.authorization = `Bearer ${token}`
  if (json !== undefined) sent['content-type'] = 'application/json'
  const content = json === undefined ? body : JSON.stringify(json)
  return exports.default.fetch(
    new Request(origin + path, {
      method: method ?? (content === undefined ? 'GET' : 'POST'),
      body: content,
      headers: { ...sent, ...headers },
    }),
  )
}

export async function openSession(wish: object = {}, headers: Record<string, string> = {}): Promise<string> {
  const response = await call('/api/session', { json: wish, headers })
  expect(response.status).toBe(200)
  return (await response.json<{ token: string }>()).token
}

/** With a photo: the preview once more. */
export async function partsWithPhoto(): Promise<Parts & { 'photo.jpg': Uint8Array<ArrayBuffer> }> {
  const parts = await goodParts()
  return { ...parts, 'photo.jpg': parts['preview.jpg'] }
}

export function declare(parts: Parts): DeclaredParts {
  const of = (data: Uint8Array) => ({
    bytes: data.length,
    sha256: createHash('sha256').update(data).digest('hex'),
  })
  return Object.fromEntries(
    Object.entries(parts).map(([name, data]) => [name, of(data)]),
  ) as unknown as DeclaredParts
}

export async function create(parts: Parts, token?: string): Promise<Upload & { owner: string }> {
  const response = await call('/api/results', {
    token: token ?? (await openSession()),
    json: { parts: declare(parts) },
  })
  if (response.status !== 201) throw new Error(await response.text())
  return response.json()
}

export function put(upload: { id: string; owner: string }, name: PartName, data: Uint8Array<ArrayBuffer>) {
  return call(`/api/results/${upload.id}/parts/${name}`, {
    method: 'PUT',
    token: upload.owner,
    body: data,
    headers: { 'content-length': String(data.length) },
  })
}

export async function putAll(upload: { id: string; owner: string }, parts: Parts): Promise<void> {
  for (const [name, data] of Object.entries(parts) as [PartName, Uint8Array<ArrayBuffer>][]) {
    const { status } = await put(upload, name, data)
    if (status !== 204) throw new Error(`${name}: ${status}`)
  }
}

export function commit(upload: { id: string; owner: string }, wish: object = {}): Promise<Response> {
  return call(`/api/results/${upload.id}/commit`, { token: upload.owner, json: wish })
}

/** A published result and its owner token. */
export async function publish(
  parts: Parts,
  wish: object = {},
): Promise<{ id: string; owner: string; result: Result }> {
  const upload = await create(parts)
  await putAll(upload, parts)
  const response = await commit(upload, wish)
  if (response.status !== 200) throw new Error(await response.text())
  return { id: upload.id, owner: upload.owner, result: await response.json() }
}

/** All keys in the bucket RESULTS. */
export async function storedKeys(): Promise<string[]> {
  const { objects } = await env.RESULTS.list()
  return objects.map(({ key }) => key)
}

export async function errorOf(response: Response): Promise<{ code: string; part?: string; hint: string }> {
  return (await response.json<{ error: { code: string; part?: string; hint: string } }>()).error
}
