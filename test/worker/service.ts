import { env, exports } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import type { DeclaredParts, PartName, Result, Upload } from '../../worker/contract.ts'
import { partNames } from '../../worker/limits.ts'

export const origin = 'http://localhost'

export type Parts = Record<PartName, Uint8Array<ArrayBuffer>>

/** Parts that pass the validation. */
export async function goodParts(): Promise<Parts> {
  const bytes = (seed: number, length: number) => Uint8Array.from({ length }, (_, i) => (i * seed) % 251)
  const record = {
    format: 1,
    versions: { facerefiner: '0.1.0', onnxruntime: '1.30.0', tfjs: '4.22.0' },
    models: [],
    preset: 'draft',
    size: 256,
    seed: 1,
    backbone: null,
    provider: 'wasm',
    reason: 'test',
    external: false,
    optimised: false,
    summary: 'test',
    optimisedTexels: 0,
    seconds: {},
    scales: [],
    losses: [],
    photo: { width: 10, height: 10 },
    capture: { faceLogit: null, interOcular: null, yaw: null, pitch: null, roll: null },
    evidence: { own: 1, mirrored: 0, none: 0, external: 0 },
    psnr: 30,
    texture: { sha256: '0'.repeat(64), bytes: 1 },
  }
  return {
    'texture.png': bytes(3, 5000),
    'face.glb': bytes(5, 7000),
    'preview.jpg': bytes(7, 2000),
    'record.json': new TextEncoder().encode(JSON.stringify(record)),
    'sampled.png': bytes(11, 1000),
  }
}

/** Each test speaks from an address of its own, so that none uses up another's requests. */
let address = 0
export function newAddress(): string {
  address++
  return `192.0.2.${address}`
}

interface Call {
  method?: string
  token?: string
  json?: unknown
  body?: BodyInit
  headers?: Record<string, string>
}

/** Asks the worker as a visitor does; what stands in `headers` counts. */
export function call(path: string, { method, token, json, body, headers }: Call = {}): Promise<Response> {
  const sent: Record<string, string> = { 'cf-connecting-ip': `198.51.100.${address}` }
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
  return (await response.json<{ token: string }>()).token
}

export function declare(parts: Parts): DeclaredParts {
  const of = (data: Uint8Array) => ({
    bytes: data.length,
    sha256: createHash('sha256').update(data).digest('hex'),
  })
  return Object.fromEntries(partNames.map((name) => [name, of(parts[name])])) as DeclaredParts
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
  for (const name of partNames) {
    const { status } = await put(upload, name, parts[name])
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
