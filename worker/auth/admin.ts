import type { Context } from 'hono'
import type { App } from '../env.ts'
import { limitAddress } from '../metering/rates.ts'
import { sameDigest, sha256Hex } from '../secrets/crypto.ts'
import { secretsOf } from '../secrets/secrets.ts'
import { bearer, unauthorized } from './bearer.ts'

const hint = 'Send Authorization: Bearer and the ADMIN_TOKEN of this service.'

/** @throws ApiError 401 unless the request carries the ADMIN_TOKEN; 429 for who tries too many */
export async function assertAdmin(c: Context<App>): Promise<void> {
  const { admin } = secretsOf(c.env)
  const token = bearer(c, 'the admin token', hint)
  await limitAddress(c, 'RATE_ADDRESS', 'token:')
  if (sameDigest(await sha256Hex(token), await sha256Hex(admin))) return
  throw unauthorized({ code: 'not-admin', message: 'This is not the admin token.', hint })
}
