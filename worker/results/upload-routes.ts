import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Owned, owner, sessionWith } from '../auth/who.ts'
import {
  commitRequest,
  correctRequest,
  created,
  createHeaders,
  createRequest,
  partName,
  result,
  upload as uploadState,
} from '../contract/contract.ts'
import type { App } from '../env.ts'
import { ApiError } from '../http/errors.ts'
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
import { limitRate } from '../metering/rates.ts'
import { purge } from './cache.ts'
import { beginUpload, describeUpload, takeQuota, totalBytes } from './create-upload.ts'
import { type PendingUpload, type Published, readUpload, replaceUpload, type Versioned } from './documents.ts'
import { finishPublishing, publish } from './publish.ts'
import { describeResult, noResult } from './read-result.ts'
import { removePhoto } from './remove.ts'
import { storePart } from './store-part.ts'

const tags = ['Uploads']

const create = createRoute({
  method: 'post',
  path: '/api/results',
  tags,
  summary: 'Declare the parts of a result',
  description:
    'Answers where to PUT them, and the owner token. Nothing is published before the commit. With an Idempotency-Key the request may be sent again: it is answered the same and begins no second upload.',
  security: security.session,
  middleware: [sessionWith('results:create'), limitJson] as const,
  request: { headers: createHeaders, body: json(createRequest) },
  responses: {
    201: answer('The upload.', created),
    ...failures(400, 401, 403, 409, 410, 413, 415, 429, 503),
  },
})

const correct = createRoute({
  method: 'patch',
  path: '/api/results/{id}/parts',
  tags,
  summary: 'Declare parts anew',
  description:
    'For parts that a commit refused, and for a photo that is taken back (null). Then PUT them and commit again.',
  security: security.owner,
  middleware: [owner, limitJson] as const,
  request: { params, body: json(correctRequest) },
  responses: {
    200: answer('The upload.', uploadState),
    ...failures(400, 401, 403, 404, 409, 410, 413, 415, 429, 503),
  },
})

const put = createRoute({
  method: 'put',
  path: '/api/results/{id}/parts/{name}',
  tags,
  summary: 'Send a part',
  description: 'Length and sha256 must be those that were declared. Sending it again changes nothing.',
  security: security.owner,
  middleware: owner,
  request: { params: params.extend({ name: partName }), body: { required: true, content: binary } },
  responses: {
    204: { description: 'It is there.' },
    ...failures(401, 403, 404, 409, 410, 411, 422, 429, 503),
  },
})

const commit = createRoute({
  method: 'post',
  path: '/api/results/{id}/commit',
  tags,
  summary: 'Check the parts and publish them',
  description:
    'A part that fails is named, and nothing is published; correct it and commit again. Of two commits one publishes, and both answer the same.',
  security: security.owner,
  middleware: [owner, limitJson] as const,
  request: { params, body: json(commitRequest) },
  responses: {
    200: answer('The result.', result),
    ...failures(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503),
  },
})

export const uploads = describedApp()
  .openapi(create, async (c) => {
    const { session } = c.var
    await limitRate(c, 'RATE_SESSION', session.id)
    if (session.key) await limitRate(c, 'RATE_KEY', session.key)
    const { 'idempotency-key': idempotency } = c.req.valid('header')
    const { upload, token } = await beginUpload(c.env, c.req.valid('json').parts, session.key, idempotency)
    return c.json({ ...(await describeUpload(c.env, upload)), owner: token }, 201, noStore)
  })
  .openapi(correct, async (c) => {
    const { document: upload, etag } = openUpload(c.var.owned)
    const { parts } = c.req.valid('json')
    await takeQuota(c.env, upload.key, { results: 0, bytes: totalBytes(parts) })
    const { 'photo.jpg': photo = upload.parts['photo.jpg'], ...others } = parts
    const corrected = { ...upload, parts: { ...upload.parts, ...others, 'photo.jpg': photo ?? undefined } }
    if (!(await replaceUpload(c.env, corrected, etag))) {
      throw new ApiError({
        status: 409,
        code: 'busy',
        message: 'The upload is being changed at this moment.',
        hint: 'Read it, then try again.',
      })
    }
    if (photo === null) await removePhoto(c.env, upload.id)
    return c.json(await describeUpload(c.env, corrected), 200, noStore)
  })
  .openapi(put, async (c) => {
    const { document } = openUpload(c.var.owned)
    await storePart(c.env, document, c.req.valid('param').name, c.req.raw)
    return c.body(null, 204, noStore)
  })
  .openapi(commit, async (c) => {
    const { id } = c.req.valid('param')
    await limitRate(c, 'RATE_STRICT', `commit:${id}`)
    const published =
      (await publishedBefore(c, c.var.owned)) ??
      (await publish(c.env, openUpload(c.var.owned).document, c.req.valid('json')))
    await purge(new URL(c.req.url).origin, id)
    return c.json(describeResult(published), 200, noStore)
  })

/** What an earlier commit published, finished where that broke off. */
async function publishedBefore({ env }: Context<App>, { record }: Owned): Promise<Published | undefined> {
  if (record?.state !== 'published') return undefined
  const unfinished = (await readUpload(env, record.id))?.document
  if (unfinished) await finishPublishing(env, record, unfinished)
  return record
}

/**
 * The upload that its owner may go on with.
 *
 * @throws ApiError 404 where it is being deleted, 409 where it is published, 410 where it is too old
 */
function openUpload({ record, upload }: Owned): Versioned<PendingUpload> {
  if (record?.state === 'published') {
    throw new ApiError({
      status: 409,
      code: 'already-published',
      message: 'This result is published; its parts stay as they are.',
      hint: 'Share a new result, and delete this one.',
    })
  }
  if (!upload) throw noResult()
  if (Date.parse(upload.document.deadline) > Date.now()) return upload
  throw new ApiError({
    status: 410,
    code: 'upload-too-old',
    message: 'This upload was begun more than a day ago.',
    hint: 'Begin a new one with POST /api/results.',
  })
}
