import type { Env } from '../env.ts'
import { tooManyRequests } from '../http/errors.ts'
import { limits } from '../limits.ts'
import type { Usage } from './daily-quota.ts'

/**
 * Counts what is declared against the day's quota.
 *
 * @param key id of the widget key; all pages without one share a quota
 * @throws ApiError 429 until midnight UTC
 */
export async function takeQuota(env: Env, key: string | undefined, more: Usage): Promise<void> {
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
