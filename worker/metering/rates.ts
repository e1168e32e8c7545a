import type { Context, MiddlewareHandler } from 'hono'
import type { App } from '../env.ts'
import { tooManyRequests } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { hashAddress } from '../secrets/crypto.ts'
import { secretsOf } from '../secrets/secrets.ts'
import { networkOf } from './network.ts'

type Rate = keyof typeof limits.rates

/**
 * Counts a request of `subject`.
 *
 * @throws ApiError 429 where it was one too many
 */
export async function limitRate(c: Context<App>, rate: Rate, subject: string): Promise<void> {
  const { success } = await c.env[rate].limit({ key: subject })
  if (success) return
  const { limit, period } = limits.rates[rate]
  throw tooManyRequests(`More than ${limit} requests in ${period} s.`, period)
}

/**
 * Counts a request of the visitor's network.
 *
 * @param purpose what is counted for itself
 * @throws ApiError 429 where it was one too many
 */
export async function limitAddress(c: Context<App>, rate: Rate, purpose = ''): Promise<void> {
  await limitRate(c, rate, `${purpose}${await visitorOf(c)}`)
}

/** Names the network that a request comes from by a keyed hash: the address itself goes nowhere. */
export function visitorOf(c: Context<App>, besides = ''): Promise<string> {
  const network = networkOf(c.req.header('cf-connecting-ip') ?? 'local')
  // Reading works, and is counted, before there are secrets.
  return hashAddress(`${besides}${network}`, c.env.SESSION_SECRET || 'not configured')
}

/**
 * Every request counts against its network, what writes apart from what reads.
 *
 * @throws ApiError 503 for what writes where nothing may be written yet, 429
 */
export const limitRequests: MiddlewareHandler<App> = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') await limitAddress(c, 'RATE_READ')
  else {
    secretsOf(c.env)
    await limitAddress(c, 'RATE_ADDRESS')
  }
  await next()
}
