import type { Context } from 'hono'
import { assertOwner } from '../auth/owner.ts'
import { type PartName, publicParts } from '../contract/parts.ts'
import type { App } from '../env.ts'
import { readableConditions } from '../http/conditions.ts'
import { notFound } from '../http/errors.ts'
import { serveObject } from '../http/serve-object.ts'
import { edgeCache } from './cache.ts'
import type { Published } from './documents.ts'
import { downloadName } from './download-name.ts'
import { partKey } from './layout.ts'
import { may, publishedRecord, readRecordStanding } from './standing.ts'

/** Parts never change; a day, because a deleted face should not lie in browsers for longer. */
const caching = 'public, max-age=86400, immutable'

/**
 * Answers GET and HEAD for one part of a published result. The record is read each time, so that what is deleted or
 * taken down is gone at once; the bytes come from this place's cache where they are in it.
 *
 * @throws ApiError 404, 410; 401, 403 for the record of an unlisted result without its owner token
 */
export async function servePart(c: Context<App>, id: string, name: PartName): Promise<Response> {
  const record = await publishedRecord(c.env, id)
  if (name === 'record.json') return serveRecord(c, record)
  if (name === 'sampled.png') throw notFound(c.req.path)
  const cacheable = c.req.method === 'GET' && !c.req.header('range')
  const address = new URL(c.req.path, c.req.url).href
  // Conditions go along, so that the cache may answer 304.
  const cached = cacheable && (await edgeCache().match(new Request(address, { headers: conditions(c) })))
  if (cached) return named(c, record, name, new Response(cached.body, cached))
  const answer = await stored(c, record, name)
  answer.headers.set('cache-control', caching)
  if (cacheable && answer.status === 200) {
    c.executionCtx.waitUntil(keep(c, id, address, answer.clone()))
  }
  return named(c, record, name, answer)
}

/** What is deleted while it is put into the cache has been purged already, and must not lie there. */
async function keep(c: Context<App>, id: string, address: string, answer: Response): Promise<void> {
  await edgeCache().put(address, answer)
  if (!may('show', await readRecordStanding(c.env, id))) await edgeCache().delete(address)
}

/** `?download` saves the file under the result's title. What is not listed is none of a search engine's business. */
function named(c: Context<App>, record: Published, name: PartName, answer: Response): Response {
  const { id, title, visibility } = record
  if (visibility === 'unlisted') answer.headers.set('x-robots-tag', 'noindex')
  if (c.req.query('download') !== undefined) {
    const file = downloadName(title, id, name)
    answer.headers.set('content-disposition', `attachment; filename="${file}"`)
  }
  return answer
}

async function serveRecord(c: Context<App>, record: Published): Promise<Response> {
  if (record.visibility === 'unlisted') await assertOwner(c, record)
  const answer = await stored(c, record, 'record.json')
  answer.headers.set('cache-control', 'private, no-store')
  return answer
}

async function stored(
  c: Context<App>,
  { id, parts }: Published,
  name: Exclude<PartName, 'sampled.png'>,
): Promise<Response> {
  const part = parts[name]
  const answer = part && (await serveObject(c.env.RESULTS, partKey(id, name, part.sha256), c.req.raw))
  if (!answer) throw notFound(c.req.path)
  const inline = (publicParts as readonly string[]).includes(name) && !name.endsWith('.glb')
  answer.headers.set('content-disposition', `${inline ? 'inline' : 'attachment'}; filename="${name}"`)
  return answer
}

function conditions(c: Context<App>): Record<string, string> {
  const ifNoneMatch = readableConditions(c.req.raw.headers).get('if-none-match')
  return ifNoneMatch ? { 'if-none-match': ifNoneMatch } : {}
}
