import type { Context, MiddlewareHandler } from 'hono'
import type { App } from '../env.ts'
import { tooManyRequests } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { hashAddress } from '../secrets/crypto.ts'
import { secretsOf } from '../secrets/secrets.ts'

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

/** Counts a request of the visitor's network address, of which only a keyed hash is used. */
export async function limitAddress(c: Context<App>, rate: Rate, purpose = ''): Promise<void> {
  const address = c.req.header('cf-connecting-ip') ?? 'local'
  await limitRate(c, rate, `${purpose}${await hashAddress(address, secretsOf(c.env).session)}`)
}

/** Every write counts against its network address. */
export const limitWrites: MiddlewareHandler<App> = async (c, next) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') await limitAddress(c, 'RATE_ADDRESS')
  await next()
}
