import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { z } from 'zod'
import { assertOwner } from '../auth/owner.ts'
import { sessionFor } from '../auth/session.ts'
import {
  commitRequest,
  correctRequest,
  created,
  createHeaders,
  createRequest,
  partName,
  result,
  upload as uploadState,
} from '../contract.ts'
import type { App } from '../env.ts'
import { ApiError } from '../errors.ts'
import {
  answer,
  binary,
  describedApp,
  failures,
  json,
  noStore,
  resultParams as params,
  security,
} from '../openapi.ts'
import { limitRate } from '../rates.ts'
import { purge } from './cache.ts'
import { beginUpload, describeUpload, takeQuota, totalBytes } from './createUpload.ts'
import {
  type PendingUpload,
  type Published,
  readRecord,
  readUpload,
  replaceUpload,
  type Versioned,
} from './documents.ts'
import { finishPublishing, publish } from './publish.ts'
import { describeResult, noResult, takenDown } from './readResult.ts'
import { removePhoto } from './remove.ts'
import { storePart } from './storePart.ts'

const tags = ['Uploads']

const create = createRoute({
  method: 'post',
  path: '/api/results',
  tags,
  summary: 'Declare the parts of a result',
  description:
    'Answers where to PUT them, and the owner token. Nothing is published before the commit. With an Idempotency-Key the request may be sent again: it is answered the same and begins no second upload.',
  security: security.session,
  request: { headers: createHeaders, body: json(createRequest) },
  responses: { 201: answer('The upload.', created), ...failures(400, 401, 403, 409, 410, 429, 503) },
})

const correct = createRoute({
  method: 'patch',
  path: '/api/results/{id}/parts',
  tags,
  summary: 'Declare parts anew',
  description:
    'For parts that a commit refused, and for a photo that is taken back (null). Then PUT them and commit again.',
  security: security.owner,
  request: { params, body: json(correctRequest) },
  responses: { 200: answer('The upload.', uploadState), ...failures(400, 401, 403, 404, 409, 410, 429, 503) },
})

const put = createRoute({
  method: 'put',
  path: '/api/results/{id}/parts/{name}',
  tags,
  summary: 'Send a part',
  description: 'Length and sha256 must be those that were declared. Sending it again changes nothing.',
  security: security.owner,
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
  request: { params, body: json(commitRequest) },
  responses: { 200: answer('The result.', result), ...failures(400, 401, 403, 404, 409, 410, 422, 429, 503) },
})

export const uploads = describedApp()
  .openapi(create, async (c) => {
    const session = await sessionFor(c, 'results:create')
    await limitRate(c, 'RATE_SESSION', session.id)
    if (session.key) await limitRate(c, 'RATE_KEY', session.key)
    const { 'idempotency-key': idempotency } = c.req.valid('header')
    const { upload, token } = await beginUpload(c.env, c.req.valid('json').parts, session.key, idempotency)
    return c.json({ ...(await describeUpload(c.env, upload)), owner: token }, 201, noStore)
  })
  .openapi(correct, async (c) => {
    const { document: upload, etag } = await ownUpload(c, c.req.valid('param').id)
    const { parts } = c.req.valid('json')
    await takeQuota(c.env, upload.key, { results: 0, bytes: totalBytes(parts) })
    const { 'photo.jpg': photo = upload.parts['photo.jpg'], ...others } = parts
    const corrected = { ...upload, parts: { ...upload.parts, ...others, 'photo.jpg': photo ?? undefined } }
    if (!(await replaceUpload(c.env, corrected, etag))) {
      throw new ApiError(
        409,
        'busy',
        'The upload is being changed at this moment.',
        'Read it, then try again.',
      )
    }
    if (photo === null) await removePhoto(c.env, upload.id)
    return c.json(await describeUpload(c.env, corrected), 200, noStore)
  })
  .openapi(put, async (c) => {
    const { id, name } = c.req.valid('param')
    const { document } = await ownUpload(c, id)
    await storePart(c.env, document, name, c.req.raw)
    return c.body(null, 204, noStore)
  })
  .openapi(commit, async (c) => {
    const { id } = c.req.valid('param')
    await limitRate(c, 'RATE_STRICT', `commit:${id}`)
    const published = (await ownPublished(c, id)) ?? (await publishUpload(c, id, c.req.valid('json')))
    await purge(new URL(c.req.url).origin, id)
    return c.json(describeResult(published), 200, noStore)
  })

/** What an earlier commit published, finished where that broke off. */
async function ownPublished(c: Context<App>, id: string): Promise<Published | undefined> {
  const record = (await readRecord(c.env, id))?.document
  if (record?.state !== 'published') return undefined
  await assertOwner(c, record)
  const unfinished = (await readUpload(c.env, id))?.document
  if (unfinished) await finishPublishing(c.env, record, unfinished)
  return record
}

async function publishUpload(c: Context<App>, id: string, wish: z.infer<typeof commitRequest>) {
  const { document } = await ownUpload(c, id)
  return publish(c.env, document, wish)
}

/**
 * The upload that the request may go on with.
 *
 * @throws ApiError 404 where there is none, 409 where it is published, 410 where it is too old or was taken down
 */
async function ownUpload(c: Context<App>, id: string): Promise<Versioned<PendingUpload>> {
  const record = (await readRecord(c.env, id))?.document
  if (record?.state === 'taken-down') throw takenDown()
  if (record?.state === 'published') {
    await assertOwner(c, record)
    throw new ApiError(
      409,
      'already-published',
      'This result is published; its parts stay as they are.',
      'Share a new result, and delete this one.',
    )
  }
  const upload = await readUpload(c.env, id)
  if (!upload) throw noResult()
  await assertOwner(c, upload.document)
  if (Date.parse(upload.document.deadline) > Date.now()) return upload
  throw new ApiError(
    410,
    'upload-too-old',
    'This upload was begun more than a day ago.',
    'Begin a new one with POST /api/results.',
  )
}
