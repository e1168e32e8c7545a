import type { Context, MiddlewareHandler } from 'hono'
import { resultId, type Scope } from '../contract/contract.ts'
import type { App } from '../env.ts'
import {
  type PendingUpload,
  type ResultRecord,
  readRecord,
  readUpload,
  type Versioned,
} from '../results/documents.ts'
import { noResult, takenDown } from '../results/read-result.ts'
import { assertAdmin } from './admin.ts'
import { assertOwner, ownerToken } from './owner.ts'
import { type Session, sessionFor } from './session.ts'

// Who asks comes before what is asked: as middleware of a route these run before its parameters, its body and whatever
// counts against someone's share are looked at. Without a good token nobody learns whether the rest would have fitted.

/** The session is `c.var.session`. @throws ApiError 401, 403 */
export function sessionWith(scope: Scope): MiddlewareHandler<App & { Variables: { session: Session } }> {
  return async (c, next) => {
    c.set('session', await sessionFor(plain(c), scope))
    await next()
  }
}

/** What an address below /api/results/{id} stands for: a record, or where there is none, an upload. */
export type Owned =
  | { record: Exclude<ResultRecord, { state: 'taken-down' }>; upload?: undefined }
  | { record?: undefined; upload: Versioned<PendingUpload> }

/**
 * What is owned is `c.var.owned`. That there is nothing is told to those who bring a token alone.
 *
 * @throws ApiError 401 without an owner token, whatever the id; 404, 410 where there is nothing to own; 403 for another's
 *   token
 */
export const owner: MiddlewareHandler<App & { Variables: { owned: Owned } }> = async (c, next) => {
  ownerToken(plain(c))
  const id = resultId.safeParse(c.req.param('id'))
  if (!id.success) throw noResult()
  const record = (await readRecord(c.env, id.data))?.document
  if (record?.state === 'taken-down') throw takenDown()
  const upload = record ? undefined : await readUpload(c.env, id.data)
  const owned: Owned | undefined = record ? { record } : upload && { upload }
  if (!owned) throw noResult()
  await assertOwner(plain(c), owned.record ?? owned.upload.document)
  c.set('owned', owned)
  await next()
}

/** @throws ApiError 401 */
export const moderator: MiddlewareHandler<App> = async (c, next) => {
  await assertAdmin(c)
  await next()
}

/** What a middleware adds for its route does not concern who looks at the request alone. */
const plain = (c: unknown) => c as Context<App>
