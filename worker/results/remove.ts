import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { purge } from './cache.ts'
import {
  type PendingUpload,
  type Published,
  type ResultRecord,
  readRecord,
  replaceRecord,
} from './documents.ts'
import {
  expiryKey,
  galleryKey,
  keysUnder,
  partsPrefix,
  recordKey,
  reportsPrefix,
  uploadKey,
} from './layout.ts'

/**
 * Deletes a result for its owner. From its first step on nobody can read it; whatever breaks off after it, the owner can
 * ask again, and the daily cron goes on by itself.
 *
 * @param origin of the service, whose caches are purged
 */
export async function deleteResult(env: Env, id: string, origin: string): Promise<void> {
  const first = (await readRecord(env, id))?.document
  if (!first || first.state === 'taken-down') return
  const { owner, key, published, expires } = first
  const deleting = { state: 'deleting', id, owner, key, published, expires } as const
  const entry = expiryKey(new Date().toISOString(), id)
  await env.RESULTS.put(entry, '')
  const record = await overwrite(env, id, deleting)
  await purge(origin, id)
  if (record) await removeObjects(env, record)
  await env.RESULTS.delete(entry)
}

/**
 * Takes a result down: its bytes go, and its id answers 410 from then on.
 *
 * @returns false where there is no such result
 */
export async function takeDown(env: Env, id: string, reason: string, origin: string): Promise<boolean> {
  const first = (await readRecord(env, id))?.document
  if (!first) return false
  const { published, expires } = first
  const takenDown = new Date().toISOString()
  const record = await overwrite(env, id, { state: 'taken-down', id, takenDown, reason, published, expires })
  await purge(origin, id)
  if (record) await removeObjects(env, record, { keepRecord: true })
  return true
}

/** Deletes a photo that was sent and then taken back. */
export async function removePhoto(env: Env, id: string): Promise<void> {
  const keys = await keysUnder(env.RESULTS, `${partsPrefix(id)}photo.jpg/`)
  if (keys.length > 0) await env.RESULTS.delete(keys)
}

/** Deletes an upload that is not published; and the result, where a commit publishes it at this moment. */
export async function deleteUpload(env: Env, upload: PendingUpload, origin: string): Promise<void> {
  const parts = await keysUnder(env.RESULTS, partsPrefix(upload.id))
  if (parts.length > 0) await env.RESULTS.delete(parts)
  await env.RESULTS.delete(uploadKey(upload.id))
  await deleteResult(env, upload.id, origin)
  await env.RESULTS.delete(upload.expiry)
}

/**
 * Deletes every object of a result, the record after all that it leads to, the expiry entry last.
 *
 * @returns when nothing is left, but the tombstone with `keepRecord`
 */
export async function removeObjects(
  env: Env,
  record: { id: string; published: string; expires: string },
  { keepRecord = false } = {},
): Promise<void> {
  const { id, published, expires } = record
  await env.RESULTS.delete([galleryKey(published, id), uploadKey(id)])
  const objects = [partsPrefix(id), reportsPrefix(id)].map((prefix) => keysUnder(env.RESULTS, prefix))
  const keys = (await Promise.all(objects)).flat()
  // R2 takes 1000 keys at once; a result has some thirty.
  if (keys.length > 0) await env.RESULTS.delete(keys)
  if (!keepRecord) await env.RESULTS.delete(recordKey(id))
  await env.RESULTS.delete(expiryKey(expires, id))
}

/** Puts a record in the place of the one that is there, whatever else changes it at the same time. */
async function overwrite(env: Env, id: string, record: ResultRecord): Promise<ResultRecord | undefined> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const found = await readRecord(env, id)
    if (!found) return undefined
    // What was published may have been extended meanwhile: its newest expiry entry is the one to remove.
    const { published, expires } = found.document as Published
    const next = { ...record, published, expires }
    if (found.document.state === record.state) return found.document
    if (found.document.state === 'taken-down') return undefined
    if (await replaceRecord(env, next, found.etag)) return next
  }
  throw new ApiError({
    status: 409,
    code: 'busy',
    message: 'The result is being changed by someone else.',
    hint: 'Try again in a moment.',
    headers: { 'retry-after': '1' },
  })
}
