import { makeOwnerToken } from '../auth/owner.ts'
import type { DeclaredParts, Upload } from '../contract.ts'
import { randomText } from '../crypto.ts'
import type { Env } from '../env.ts'
import { tooManyRequests } from '../errors.ts'
import { limits, type PartName, partNames } from '../limits.ts'
import { createUpload, type PendingUpload } from './documents.ts'
import { expiryKey, keysUnder, partKey, partsPrefix } from './layout.ts'
import { partAddress } from './readResult.ts'

/** The cron waits this much longer than the owner may publish, so that it never meets a publishing. Milliseconds. */
const grace = 3600_000

/**
 * Begins an upload: nothing is published by it.
 *
 * @param key id of the widget key that the session was opened with
 * @throws ApiError 429 where the day's quota is used up
 */
export async function beginUpload(
  env: Env,
  parts: DeclaredParts,
  key: string | undefined,
): Promise<{ upload: PendingUpload; token: string }> {
  await takeQuota(env, key, { results: 1, bytes: totalBytes(parts) })
  const id = randomText(16)
  const { token, hash } = await makeOwnerToken()
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
  await createUpload(env, upload)
  return { upload, token }
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
