import { createHash } from 'node:crypto'
import { openSession } from '../../../client/share/api.ts'
import type { Parts } from '../../support/parts.ts'

/** Uploads all parts of a result. @returns what publishes it */
export async function withoutCommit(parts: Parts, origin: string): Promise<() => Promise<void>> {
  const token = await openSession({ origin }, 'results:create')
  const declared = Object.entries(parts).map(([name, data]) => [
    name,
    { bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') },
  ])
  const created = await send(
    '/api/results',
    'POST',
    token,
    JSON.stringify({ parts: Object.fromEntries(declared) }),
  )
  const { id, owner } = (await created.json()) as { id: string; owner: string }
  for (const [name, data] of Object.entries(parts)) {
    await send(`/api/results/${id}/parts/${name}`, 'PUT', owner, data)
  }
  return async () => {
    await (await send(`/api/results/${id}/commit`, 'POST', owner, '{}')).arrayBuffer()
  }

  async function send(path: string, method: string, bearer: string, body: BodyInit): Promise<Response> {
    const type = typeof body === 'string' ? { 'content-type': 'application/json' } : undefined
    const headers = { authorization: `Bearer ${bearer}`, ...type }
    const response = await fetch(origin + path, { method, headers, body })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
}
