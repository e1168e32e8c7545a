import { makeOwnerToken, ownerOfKey } from '../auth/owner.ts'
import type { DeclaredParts, Upload } from '../contract/contract.ts'
import { type PartName, partAddress, partNames } from '../contract/parts.ts'
import type { Env } from '../env.ts'
import { ApiError, tooManyRequests } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { randomText } from '../secrets/crypto.ts'
import { createUpload, type PendingUpload, readRecord, readUpload } from './documents.ts'
import { expiryKey, keysUnder, partKey, partsPrefix } from './layout.ts'
import { takenDown } from './read-result.ts'

/** The cron waits this much longer than the owner may publish, so that it never meets a publishing. Milliseconds. */
const grace = 3600_000

/**
 * Begins an upload: nothing is published by it.
 *
 * @param key id of the widget key that the session was opened with
 * @param idempotency the caller's secret: id and owner token follow from it, so that asking again begins no second upload
 * @throws ApiError 409 where that secret was used for something else or is published, 410 where that was taken down; 429
 *   where the day's quota is used up
 */
export async function beginUpload(
  env: Env,
  parts: DeclaredParts,
  key: string | undefined,
  idempotency?: string,
): Promise<{ upload: PendingUpload; token: string }> {
  const { id, token, hash } = idempotency
    ? await ownerOfKey(idempotency)
    : { id: randomText(16), ...(await makeOwnerToken()) }
  const begun = idempotency && (await begunBefore(env, id, parts))
  if (begun) return { upload: begun, token }
  await takeQuota(env, key, { results: 1, bytes: totalBytes(parts) })
  const now = Date.now()
  const deadline = now + limits.leftoverSeconds * 1000
  const upload: PendingUpload = {
    id,
    owner: hash,
    key,
    created: new Date(now).toISOString(),
    deadline: new Date(deadline).toISOString(),
    expiry: expiryKey(new Date(deadline + grace).toISOString(), id),
    parts,
  }
  // First when it goes, then that it is there: whatever breaks off in between, the cron finds it.
  await env.RESULTS.put(upload.expiry, '')
  if (await createUpload(env, upload)) return { upload, token }
  // The same request arrived twice at once, and the other one was faster. In the same millisecond it has the same entry.
  const winner = (await readUpload(env, id))?.document
  if (winner?.expiry !== upload.expiry) await env.RESULTS.delete(upload.expiry)
  const faster = await begunBefore(env, id, parts)
  if (!faster) throw keyUsed('Its upload was just deleted.')
  return { upload: faster, token }
}

/** What an earlier request with the same secret began. */
async function begunBefore(env: Env, id: string, parts: DeclaredParts): Promise<PendingUpload | undefined> {
  const record = (await readRecord(env, id))?.document
  if (record?.state === 'taken-down') throw takenDown()
  if (record) throw keyUsed('Its result is published.')
  const upload = (await readUpload(env, id))?.document
  if (!upload) return undefined
  const same = partNames.every((name) => upload.parts[name]?.sha256 === parts[name]?.sha256)
  if (!same) throw keyUsed('It began an upload of other parts.')
  return upload
}

function keyUsed(message: string): ApiError {
  return new ApiError({
    status: 409,
    code: 'idempotency-key-used',
    message: `This Idempotency-Key was used before. ${message}`,
    hint: 'Send a new one: 32 random bytes as base64url.',
  })
}

/** @throws ApiError 429 */
export async function takeQuota(env: Env, key: string | undefined, more: { results: number; bytes: number }) {
  const most = key ? limits.dailyQuota : limits.dailyAnonymousQuota
  const quota = env.QUOTA.get(env.QUOTA.idFromName(key ?? 'anonymous'))
  const now = Date.now()
  if (await quota.take(more, most, now)) return
  const tomorrow = Math.ceil((now + 1) / 86_400_000) * 86_400_000
  throw tooManyRequests(
    `Today's ${most.results} results or ${most.bytes / 1024 ** 3} GB are used up.`,
    (tomorrow - now) / 1000,
  )
}

/** The state of an upload: which bytes are there, and where the others go. */
export async function describeUpload(env: Env, upload: PendingUpload): Promise<Upload> {
  const { id, created, deadline, parts } = upload
  const stored = new Set(await keysUnder(env.RESULTS, partsPrefix(id)))
  return {
    state: 'pending',
    id,
    created,
    deadline,
    parts: partNames.flatMap((name) => {
      const declared = parts[name]
      if (!declared) return []
      const isStored = stored.has(partKey(id, name, declared.sha256))
      return { name, ...declared, stored: isStored, url: partAddress(id, name) }
    }),
  }
}

export function totalBytes(parts: Partial<Record<PartName, { bytes: number } | null>>): number {
  return Object.values(parts).reduce((sum, part) => sum + (part?.bytes ?? 0), 0)
}
