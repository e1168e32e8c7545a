import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { z } from 'zod'
import { assertOrigin, assertOriginOfKeyId } from '../auth/origins.ts'
import { assertOwner } from '../auth/owner.ts'
import { plain, sessionWith } from '../auth/who.ts'
import {
  changeRequest,
  gallery,
  galleryQuery,
  partName,
  reportRequest,
  result,
  upload,
} from '../contract/contract.ts'
import type { App } from '../env.ts'
import { limitJson } from '../http/limit-json.ts'
import {
  answer,
  binary,
  describedApp,
  failures,
  json,
  noStore,
  resultParams as params,
  security,
} from '../http/openapi.ts'
import { limits } from '../limits.ts'
import { limitAddress } from '../metering/rates.ts'
import { edgeCache, purge } from './cache.ts'
import { changeResult } from './change.ts'
import { describeResult, describeUpload } from './describe.ts'
import { keepNewest, listGallery } from './gallery.ts'
import { owner } from './owned.ts'
import { noResult } from './refusals.ts'
import { deleteResult, deleteUpload, removeLateReports } from './remove.ts'
import { storeReport } from './reports.ts'
import { servePart } from './serve-part.ts'
import { isUpload, permit, publishedRecord, readStanding } from './standing.ts'

const tags = ['Results']

const read = createRoute({
  method: 'get',
  path: '/api/results/{id}',
  tags,
  summary: 'Read a result',
  description: 'With the owner token also an upload that is not published yet: which parts are there.',
  request: { params },
  responses: {
    200: answer('The result, or the upload.', z.discriminatedUnion('state', [result, upload])),
    ...failures(401, 403, 404, 410, 429),
  },
})

const change = createRoute({
  method: 'patch',
  path: '/api/results/{id}',
  tags,
  summary: 'Change title, visibility or lifetime',
  security: security.owner,
  middleware: [owner, limitJson] as const,
  request: { params, body: json(changeRequest) },
  responses: {
    200: answer('The result.', result),
    ...failures(400, 401, 403, 404, 409, 410, 413, 415, 429, 503),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/api/results/{id}',
  tags,
  summary: 'Delete a result or an upload',
  description: 'Nothing of it is left.',
  security: security.owner,
  middleware: owner,
  request: { params },
  responses: { 204: { description: 'It is gone.' }, ...failures(401, 403, 404, 409, 410, 429, 503) },
})

const part = createRoute({
  method: 'get',
  path: '/api/results/{id}/parts/{name}',
  tags,
  summary: 'Read a part',
  description:
    'texture.png, face.glb, preview.jpg, and head.glb and photo.jpg where there are any, are for everyone; record.json of an unlisted result is for its owner.',
  request: { params: params.extend({ name: partName }) },
  responses: {
    200: { description: 'The bytes.', content: binary },
    206: { description: 'Those of the range that was asked for.', content: binary },
    304: { description: 'They are as they were.' },
    412: { description: 'They are not as they were, and were asked for only so.' },
    ...failures(401, 403, 404, 410, 416, 429),
  },
})

const report = createRoute({
  method: 'post',
  path: '/api/results/{id}/report',
  tags,
  summary: 'Report a result to the moderators',
  security: security.session,
  middleware: [sessionWith('results:report'), limitJson] as const,
  request: { params, body: json(reportRequest) },
  responses: {
    204: { description: 'Someone will look.' },
    ...failures(400, 401, 403, 404, 410, 413, 415, 429, 503),
  },
})

const list = createRoute({
  method: 'get',
  path: '/api/gallery',
  tags: ['Gallery'],
  summary: 'List what owners put into the gallery, newest first',
  description: `A page holds ${limits.gallery.pageSize} unless asked otherwise, and may be a minute old.`,
  request: { query: galleryQuery },
  responses: { 200: answer('A page.', gallery), ...failures(400, 429) },
})

export const results = describedApp()
  .openapi(read, async (c) => {
    const { id } = c.req.valid('param')
    const standing = await readStanding(c.env, id)
    if (!isUpload(standing)) {
      return c.json(describeResult(permit('show', standing).document), 200, noStore)
    }
    if (!c.req.header('authorization')) throw noResult()
    await assertOwner(c, standing.document)
    return c.json(await describeUpload(c.env, standing.document), 200, noStore)
  })
  .openapi(change, async (c) => {
    const { id } = c.req.valid('param')
    await limitAddress(plain(c), 'RATE_STRICT', 'change:')
    const changed = await changeResult(c.env, c.var.owned, c.req.valid('json'))
    await purge(new URL(c.req.url).origin, id)
    return c.json(describeResult(changed), 200, noStore)
  })
  .openapi(remove, async (c) => {
    const { origin } = new URL(c.req.url)
    const { owned } = c.var
    if (isUpload(owned)) await deleteUpload(c.env, owned.document, origin)
    else await deleteResult(c.env, owned, origin)
    return c.body(null, 204, noStore)
  })
  .openapi(part, (c) => {
    const { id, name } = c.req.valid('param')
    return servePart(c, id, name)
  })
  .openapi(report, async (c) => {
    const { id } = c.req.valid('param')
    await limitAddress(c, 'RATE_STRICT', 'report:')
    const { session } = c.var
    if (session.key) await assertOriginOfKeyId(c, session.key)
    else assertOrigin(c, undefined)
    await publishedRecord(c.env, id)
    await storeReport(c, id, c.req.valid('json'))
    await removeLateReports(c.env, id)
    return c.body(null, 204, noStore)
  })
  .openapi(list, async (c) => {
    const { cursor, limit = limits.gallery.pageSize } = c.req.valid('query')
    // What is deleted leaves the newest page at once (cache.ts); the others are listed anew each time.
    const address = cursor === undefined && limit === limits.gallery.pageSize && newestAddress(c)
    const cached = address && (await edgeCache().match(address))
    if (cached) return new Response(cached.body, cached) as never
    await limitAddress(c, 'RATE_STRICT', 'gallery:')
    const page = await listGallery(c.env, cursor, limit)
    const answer = c.json(page, 200, { 'cache-control': `public, max-age=${limits.gallery.cacheSeconds}` })
    if (address) c.executionCtx.waitUntil(keepNewest(c.env, address, answer.clone(), page.results))
    return answer
  })

/** Where the gallery's newest page is kept. */
const newestAddress = (c: Context<App>) => `${new URL(c.req.url).origin}/api/gallery`
