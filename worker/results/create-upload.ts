import { makeOwnerToken, ownerOfKey } from '../auth/owner.ts'
import type { DeclaredParts } from '../contract/contract.ts'
import { type PartName, partNames } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import { limits } from '../limits.ts'
import { type Payer, takeQuota } from '../metering/take-quota.ts'
import { randomText } from '../secrets/crypto.ts'
import { createUpload, type PendingUpload, readRecord, readUpload } from './documents.ts'
import { expiryKey } from './layout.ts'
import { keyUsed } from './refusals.ts'
import { isUpload, permit, readStanding, type Standing, standingOf } from './standing.ts'

/** The cron waits this much longer than the owner may publish, so that it never meets a publishing. Milliseconds. */
const grace = 3600_000

/**
 * Begins an upload: nothing is published by it.
 *
 * @param payer in whose day it is counted; with a widget key it belongs to that key's pages
 * @param idempotency the caller's secret: id and owner token follow from it, so that asking again begins no second upload
 * @throws ApiError 409 where that secret was used for something else or is published, 410 where that was taken down; 429
 *   where the day's quota is used up
 */
export async function beginUpload(
  env: Env,
  parts: DeclaredParts,
  payer: Payer,
  idempotency?: string,
): Promise<{ upload: PendingUpload; token: string }> {
  const { id, token, hash } = idempotency
    ? await ownerOfKey(idempotency)
    : { id: randomText(16), ...(await makeOwnerToken()) }
  const begun = idempotency && begunBefore(await readStanding(env, id), parts)
  if (begun) return { upload: begun, token }
  // Nothing has arrived yet: that there is room for it is all that is asked.
  const room = { results: 1, bytes: totalBytes(parts) }
  await takeQuota(env, payer, { name: `upload:${id}`, take: { writes: 1 }, room })
  const now = Date.now()
  const deadline = now + limits.leftoverSeconds * 1000
  const upload: PendingUpload = {
    id,
    owner: hash,
    key: payer.key,
    created: new Date(now).toISOString(),
    deadline: new Date(deadline).toISOString(),
    expiry: expiryKey(new Date(deadline + grace).toISOString(), id),
    parts,
  }
  // First when it goes, then that it is there: whatever breaks off in between, the cron finds it.
  await env.RESULTS.put(upload.expiry, '')
  if (await createUpload(env, upload)) return { upload, token }
  // The same request arrived twice at once, and the other one was faster. In the same millisecond it has the same entry.
  const winner = await readUpload(env, id)
  if (winner?.document.expiry !== upload.expiry) await env.RESULTS.delete(upload.expiry)
  const faster = begunBefore(standingOf(await readRecord(env, id), winner), parts)
  if (!faster) throw keyUsed('Its upload was just deleted.')
  return { upload: faster, token }
}

/**
 * What an earlier request with the same secret began.
 *
 * @throws ApiError 409 where it began something else or that is published, 410 where that was taken down
 */
function begunBefore(standing: Standing, parts: DeclaredParts): PendingUpload | undefined {
  const begun = permit('begin', standing)
  if (!isUpload(begun)) return undefined
  const upload = begun.document
  const same = partNames.every((name) => upload.parts[name]?.sha256 === parts[name]?.sha256)
  if (!same) throw keyUsed('It began an upload of other parts.')
  return upload
}

export function totalBytes(parts: Partial<Record<PartName, { bytes: number } | null>>): number {
  return Object.values(parts).reduce((sum, part) => sum + (part?.bytes ?? 0), 0)
}
