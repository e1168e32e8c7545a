import type { Context } from 'hono'
import type { App, Env } from '../env.ts'
import { tooManyRequests } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { randomText } from '../secrets/crypto.ts'
import type { Allowance, Take } from './daily-quota.ts'
import { visitorOf } from './rates.ts'

/** Whose day something is counted in. */
export interface Payer {
  /** Id of the widget key; all pages without one share a day. */
  key?: string
  /** Another name each day, so that nothing joins what a network did on two of them. */
  visitor: string
}

/** @param key id of the widget key that an upload came with */
export async function payerOf(c: Context<App>, key: string | undefined): Promise<Payer> {
  return { key, visitor: await visitorOf(c, new Date().toISOString().slice(0, 10)) }
}

/** What was taken, to be given back where it comes to nothing. */
export interface Taken {
  giveBack(): Promise<void>
}

/**
 * Takes from the day's quota of the key (or of all pages without one) and from the visitor's share of it.
 *
 * @param wish under a name it is taken once, however often it is asked for; without one each time
 * @throws ApiError 429 until midnight UTC
 */
export async function takeQuota(
  env: Env,
  { key, visitor }: Payer,
  { name = randomText(16), take, room }: Omit<Take, 'name' | 'visitor'> & { name?: string },
): Promise<Taken> {
  const most = { all: key ? limits.dailyQuota : limits.dailyAnonymousQuota, each: limits.dailyShare }
  const quota = env.QUOTA.get(env.QUOTA.idFromName(key ?? 'anonymous'))
  const now = Date.now()
  const full = await quota.take({ name, visitor, take, room }, most, now)
  if (!full) return { giveBack: async () => quota.giveBack(name, now) }
  const tomorrow = Math.ceil((now + 1) / 86_400_000) * 86_400_000
  throw tooManyRequests(sentence(full, most[full]), (tomorrow - now) / 1000)
}

function sentence(whose: keyof Allowance, { writes, results, bytes }: Allowance['all']): string {
  const share = whose === 'each' ? "Your network's share of today" : "Today's quota"
  return `${share} is used up: ${results} results, ${bytes / 1024 ** 3} GB, ${writes} steps.`
}
