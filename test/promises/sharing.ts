import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { inject } from 'vitest'
import { root } from '../../models/paths.ts'
import type { PartName } from '../../worker/contract/parts.ts'
import { storedKeys } from '../support/stored-objects.ts'

/** Parts by name, each as it is sent. */
export type SentParts = Partial<Record<PartName, Uint8Array<ArrayBuffer>>>

export interface Owned {
  id: string
  owner: string
}

/** What the secrets of this machine's worker are. */
export function localSecret(name: 'ADMIN_TOKEN' | 'SESSION_SECRET'): string {
  const text = readFileSync(join(root, '.dev.vars'), 'utf8')
  const line = text.split('\n').find((one) => one.startsWith(`${name}=`))
  if (!line) throw new Error(`.dev.vars has no ${name}.`)
  return line.slice(name.length + 1)
}

/** A visitor of the served worker, from an address of its own. */
export class Visitor {
  private readonly number: number
  private moved = 0

  /** @param number another one for each visitor, below 65,536 */
  constructor(number: number) {
    this.number = number
  }

  /** Goes on from another address. */
  move(): void {
    this.moved++
  }

  get address(): string {
    return `10.${this.moved}.${this.number >> 8}.${this.number & 255}`
  }

  /** Asks as a program does; a string in `token` goes along as Bearer. */
  ask(
    path: string,
    { method, token, json, body }: { method?: string; token?: string; json?: unknown; body?: BodyInit } = {},
  ): Promise<Response> {
    const content = json === undefined ? body : JSON.stringify(json)
    return fetch(inject('url') + path, {
      method: method ?? (content === undefined ? 'GET' : 'POST'),
      body: content,
      redirect: 'manual',
      headers: {
        'cf-connecting-ip': this.address,
        ...(token && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
    })
  }

  async session(): Promise<string> {
    const response = await this.ask('/api/session', { json: {} })
    if (response.status !== 200) throw new Error(await response.text())
    return ((await response.json()) as { token: string }).token
  }

  async begin(parts: SentParts): Promise<Owned> {
    const response = await this.ask('/api/results', {
      token: await this.session(),
      json: { parts: declare(parts) },
    })
    if (response.status !== 201) throw new Error(await response.text())
    return (await response.json()) as Owned
  }

  send({ id, owner }: Owned, name: PartName, data: Uint8Array<ArrayBuffer>): Promise<Response> {
    return this.ask(`/api/results/${id}/parts/${name}`, { method: 'PUT', token: owner, body: data })
  }

  /**
   * Sends a part over a connection that breaks.
   *
   * @param bytes of the body that are sent before; all of them: only the answer is lost
   */
  sendAndBreak({ id, owner }: Owned, name: PartName, data: Uint8Array, bytes: number): Promise<void> {
    return new Promise((resolve) => {
      const { hostname, port } = new URL(inject('url'))
      const sending = request({
        ...{ hostname, port, method: 'PUT', path: `/api/results/${id}/parts/${name}` },
        headers: {
          authorization: `Bearer ${owner}`,
          'cf-connecting-ip': this.address,
          'content-length': data.length,
        },
      })
      sending.on('close', resolve)
      sending.on('error', () => undefined)
      sending.on('response', (response) => response.resume())
      sending.flushHeaders()
      if (bytes === 0) sending.destroy()
      else sending.write(data.subarray(0, bytes), () => sending.destroy())
    })
  }

  commit({ id, owner }: Owned, json: object = {}): Promise<Response> {
    return this.ask(`/api/results/${id}/commit`, { token: owner, json })
  }

  delete({ id, owner }: Owned): Promise<Response> {
    return this.ask(`/api/results/${id}`, { method: 'DELETE', token: owner })
  }

  async publish(parts: SentParts, wish: object = {}): Promise<Owned> {
    const upload = await this.begin(parts)
    for (const [name, data] of Object.entries(parts)) {
      const response = await this.send(upload, name as PartName, data)
      if (response.status !== 204) throw new Error(await response.text())
    }
    const response = await this.commit(upload, wish)
    if (response.status !== 200) throw new Error(await response.text())
    return upload
  }
}

/** Keys of an id in the bucket. */
export function keysOf({ id }: Pick<Owned, 'id'>): string[] {
  return storedKeys(inject('state')).filter((key) => key.includes(id))
}

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function declare(parts: SentParts) {
  return Object.fromEntries(
    Object.entries(parts).map(([name, data]) => [name, { bytes: data.length, sha256: sha256(data) }]),
  )
}

/** Does something for each number from 0 on, so many at once. */
export async function inTurns(
  count: number,
  atOnce: number,
  work: (i: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const line = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, line))
}
