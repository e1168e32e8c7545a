import { createRoute, type z } from '@hono/zod-openapi'
import { plain, sessionWith } from '../auth/who.ts'
import {
  commitRequest,
  correctRequest,
  created,
  createHeaders,
  createRequest,
  type DeclaredParts,
  partName,
  result,
  upload as uploadState,
} from '../contract/contract.ts'
import { optionalParts } from '../contract/parts.ts'
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
import { payerOf, takeQuota } from '../metering/take-quota.ts'
import { purge } from './cache.ts'
import { beginUpload, totalBytes } from './create-upload.ts'
import { describeResult, describeUpload } from './describe.ts'
import { replaceUpload } from './documents.ts'
import { sweepParts } from './kept.ts'
import { owner } from './owned.ts'
import { publish, publishedBefore } from './publish.ts'
import { busy } from './refusals.ts'
import { may, permit } from './standing.ts'
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
    const payer = await payerOf(c, session.key)
    const { upload, token } = await beginUpload(c.env, c.req.valid('json').parts, payer, idempotency)
    return c.json({ ...(await describeUpload(c.env, upload)), owner: token }, 201, noStore)
  })
  .openapi(correct, async (c) => {
    const { document: upload, etag } = permit('send', c.var.owned)
    const { parts } = c.req.valid('json')
    const room = { bytes: totalBytes(parts) }
    await takeQuota(c.env, await payerOf(c, upload.key), { take: { writes: 1 }, room })
    const corrected = { ...upload, parts: correctedParts(upload.parts, parts) }
    if (!(await replaceUpload(c.env, corrected, etag))) throw busy()
    // Bytes of what is declared no more go at once. Where it is published meanwhile, one of the two takes itself back.
    if (!may('send', await sweepParts(c.env, upload.id))) throw busy()
    return c.json(await describeUpload(c.env, corrected), 200, noStore)
  })
  .openapi(put, async (c) => {
    const { document } = permit('send', c.var.owned)
    const payer = await payerOf(plain(c), document.key)
    const storing = storePart(c.env, payer, document, c.req.valid('param').name, c.req.raw)
    // Who leaves in the middle is cleared up after all the same.
    c.executionCtx.waitUntil(storing.catch(() => undefined))
    await storing
    return c.body(null, 204, noStore)
  })
  .openapi(commit, async (c) => {
    const { id } = c.req.valid('param')
    await limitRate(c, 'RATE_STRICT', `commit:${id}`)
    const published =
      (await publishedBefore(c.env, c.var.owned)) ??
      (await publish(
        c.env,
        await payerOf(c, c.var.owned.document.key),
        permit('send', c.var.owned),
        c.req.valid('json'),
      ))
    await purge(new URL(c.req.url).origin, id)
    return c.json(describeResult(published), 200, noStore)
  })

/** What was declared before, with what is declared anew; null takes a part back. */
function correctedParts(before: DeclaredParts, anew: z.infer<typeof correctRequest>['parts']): DeclaredParts {
  const parts: Record<string, unknown> = { ...before, ...anew }
  for (const name of optionalParts) if (parts[name] === null) delete parts[name]
  return parts as DeclaredParts
}
