import type { PartName } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { purge } from './cache.ts'
import { type PendingUpload, type ResultRecord, replaceRecord } from './documents.ts'
import {
  expiryKey,
  galleryKey,
  keysUnder,
  partsPrefix,
  recordKey,
  reportsPrefix,
  uploadKey,
} from './layout.ts'
import { isTombstone, may, permit, readRecordStanding, type Standing } from './standing.ts'

/**
 * Deletes a result for its owner. From its first step on nobody can read it; whatever breaks off after it, the owner can
 * ask again, and the daily cron goes on by itself.
 *
 * @param standing where the result stands, as it was just read; where it cannot be deleted, nothing happens
 * @param origin of the service, whose caches are purged
 */
export async function deleteResult(env: Env, standing: Standing, origin: string): Promise<void> {
  if (!may('delete', standing)) return
  const { id, owner, key } = standing.document
  const entry = expiryKey(new Date().toISOString(), id)
  await env.RESULTS.put(entry, '')
  const record = await end(env, 'delete', standing, (times) => ({
    state: 'deleting',
    id,
    owner,
    key,
    ...times,
  }))
  await purge(origin, id)
  if (record) await removeObjects(env, record)
  await env.RESULTS.delete(entry)
}

/**
 * Takes a result down: its bytes go, and its id answers 410 from then on.
 *
 * @param origin of the service, whose caches are purged
 * @throws ApiError 404 where there is no such result
 */
export async function takeDown(env: Env, id: string, reason: string, origin: string): Promise<void> {
  const standing = permit('takeDown', await readRecordStanding(env, id))
  const takenDown = new Date().toISOString()
  const record = await end(env, 'takeDown', standing, (times) => ({
    state: 'taken-down',
    id,
    takenDown,
    reason,
    ...times,
  }))
  await purge(origin, id)
  if (record) await removeObjects(env, record)
}

/** Deletes a photo that was sent and then taken back. */
export async function removePart(env: Env, id: string, name: PartName): Promise<void> {
  const keys = await keysUnder(env.RESULTS, `${partsPrefix(id)}${name}/`)
  if (keys.length > 0) await env.RESULTS.delete(keys)
}

/** Deletes an upload that is not published; and the result, where a commit publishes it at this moment. */
export async function deleteUpload(env: Env, upload: PendingUpload, origin: string): Promise<void> {
  const parts = await keysUnder(env.RESULTS, partsPrefix(upload.id))
  if (parts.length > 0) await env.RESULTS.delete(parts)
  await env.RESULTS.delete(uploadKey(upload.id))
  await deleteResult(env, await readRecordStanding(env, upload.id), origin)
  await env.RESULTS.delete(upload.expiry)
}

/** Deletes every object of a result, the record after all that it leads to, the expiry entry last. A tombstone stays. */
export async function removeObjects(env: Env, record: ResultRecord): Promise<void> {
  const { id, published, expires } = record
  await env.RESULTS.delete([galleryKey(published, id), uploadKey(id)])
  const objects = [partsPrefix(id), reportsPrefix(id)].map((prefix) => keysUnder(env.RESULTS, prefix))
  const keys = (await Promise.all(objects)).flat()
  // R2 takes 1000 keys at once; a result has some thirty.
  if (keys.length > 0) await env.RESULTS.delete(keys)
  if (!isTombstone(record)) await env.RESULTS.delete(recordKey(id))
  await env.RESULTS.delete(expiryKey(expires, id))
}

/**
 * Puts an end's record in the place of the one that is there, whatever else changes it at the same time.
 *
 * @param ended the record of the end. What was published may have been extended meanwhile: it takes the times of the record
 *   that it replaces, whose expiry entry is the one to remove
 * @returns undefined where the result is gone, or has come to an end that this one does not follow
 */
async function end(
  env: Env,
  act: 'delete' | 'takeDown',
  first: Standing,
  ended: (times: Pick<ResultRecord, 'published' | 'expires'>) => ResultRecord,
): Promise<ResultRecord | undefined> {
  let standing = first
  for (let attempt = 0; attempt < 5; attempt++) {
    if (!may(act, standing)) return undefined
    const { document, etag } = standing
    const { published, expires } = document
    const next = ended({ published, expires })
    if (document.state === next.state) return document
    if (await replaceRecord(env, next, etag)) return next
    standing = await readRecordStanding(env, next.id)
  }
  throw new ApiError({
    status: 409,
    code: 'busy',
    message: 'The result is being changed by someone else.',
    hint: 'Try again in a moment.',
    headers: { 'retry-after': '1' },
  })
}
