import type { Env } from '../env.ts'
import { purge } from './cache.ts'
import { type PendingUpload, type ResultRecord, replaceRecord } from './documents.ts'
import { sweepParts } from './kept.ts'
import {
  expiryKey,
  expiryKeys,
  galleryKey,
  keysUnder,
  partsPrefix,
  recordKey,
  reportsPrefix,
  uploadKey,
} from './layout.ts'
import { busy } from './refusals.ts'
import { isTombstone, may, permit, readRecordStanding, type Standing } from './standing.ts'

/**
 * Deletes a result for its owner. From its first step on nobody can read it; whatever breaks off after it, the owner can
 * ask again, and the cron goes on by itself.
 *
 * @param standing where the result stands, as it was just read; where it cannot be deleted, nothing happens
 * @param origin of the service, whose caches are purged
 */
export async function deleteResult(env: Env, standing: Standing, origin: string): Promise<void> {
  if (!may('delete', standing)) return
  const { id, owner, key } = standing.document
  const entry = expiryKey(new Date().toISOString(), id)
  await env.RESULTS.put(entry, '')
  const record = await end(env, 'delete', standing, (lasting) => ({
    state: 'deleting',
    id,
    owner,
    key,
    ...lasting,
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
  const record = await end(env, 'takeDown', standing, (lasting) => ({
    state: 'taken-down',
    id,
    takenDown,
    reason,
    ...lasting,
  }))
  await purge(origin, id)
  if (record) await removeObjects(env, record)
}

/** Deletes an upload that is not published; and the result, where a commit publishes it at this moment. */
export async function deleteUpload(env: Env, upload: PendingUpload, origin: string): Promise<void> {
  const { id, expiry } = upload
  await removeUnder(env, partsPrefix(id))
  await env.RESULTS.delete(uploadKey(id))
  await deleteResult(env, await readRecordStanding(env, id), origin)
  // What arrived since; a part that comes later finds no upload any more.
  await sweepParts(env, id)
  await env.RESULTS.delete(expiry)
}

/** Deletes the reports of a result that has gone while one was written. */
export async function removeLateReports(env: Env, id: string): Promise<void> {
  if (!may('show', await readRecordStanding(env, id))) await removeUnder(env, reportsPrefix(id))
}

async function removeUnder(env: Env, prefix: string): Promise<void> {
  const keys = await keysUnder(env.RESULTS, prefix)
  if (keys.length > 0) await env.RESULTS.delete(keys)
}

/** Deletes every object of a result, the record after all that it leads to, the expiry entry last. A tombstone stays. */
export async function removeObjects(env: Env, record: ResultRecord): Promise<void> {
  const { id, published } = record
  await env.RESULTS.delete([galleryKey(published, id), uploadKey(id)])
  const objects = [partsPrefix(id), reportsPrefix(id)].map((prefix) => keysUnder(env.RESULTS, prefix))
  const keys = (await Promise.all(objects)).flat()
  // R2 takes 1000 keys at once; a result has some thirty.
  if (keys.length > 0) await env.RESULTS.delete(keys)
  if (!isTombstone(record)) await env.RESULTS.delete(recordKey(id))
  await env.RESULTS.delete(expiryKeys(record))
}

/**
 * Puts an end's record in the place of the one that is there, whatever else changes it at the same time.
 *
 * @param ended the record of the end. What was published may have been extended meanwhile: it takes what leads to the gallery
 *   and to expiry entries from the record that it replaces
 * @returns undefined where the result is gone, or has come to an end that this one does not follow
 */
async function end(
  env: Env,
  act: 'delete' | 'takeDown',
  first: Standing,
  ended: (lasting: Pick<ResultRecord, 'published' | 'expires' | 'upload'>) => ResultRecord,
): Promise<ResultRecord | undefined> {
  let standing = first
  for (let attempt = 0; attempt < 5; attempt++) {
    if (!may(act, standing)) return undefined
    const { document, etag } = standing
    const { published, expires, upload } = document
    const next = ended({ published, expires, upload })
    if (document.state === next.state) return document
    if (await replaceRecord(env, next, etag)) return next
    standing = await readRecordStanding(env, next.id)
  }
  throw busy()
}
