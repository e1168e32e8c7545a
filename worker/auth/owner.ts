import type { Context } from 'hono'
import type { App } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { limitAddress } from '../metering/rates.ts'
import { randomText, sameDigest, sha256Hex, sha256Text } from '../secrets/crypto.ts'
import { bearer, unauthorized } from './bearer.ts'
import { assertOriginOfKeyId } from './origins.ts'

const prefix = 'own_'
const form = /^own_[A-Za-z0-9_-]{43}$/

/** A new owner token, 256 random bits, and the hash that is kept of it. */
export async function makeOwnerToken(): Promise<{ token: string; hash: string }> {
  const token = prefix + randomText(32)
  return { token, hash: await sha256Hex(token) }
}

/**
 * Id and owner token that follow from a caller's own secret, so that who asks twice is told the same. Whoever knows the
 * secret is the owner; of neither can the other be found.
 */
export async function ownerOfKey(key: string): Promise<{ id: string; token: string; hash: string }> {
  const id = (await sha256Text(`id:${key}`)).slice(0, 22)
  const token = prefix + (await sha256Text(`owner:${key}`))
  return { id, token, hash: await sha256Hex(token) }
}

const hint = 'Send Authorization: Bearer and the owner token.'

/** The owner token of a request, whosever it is. @throws ApiError 401 without one */
export function ownerToken(c: Context<App>): string {
  const token = bearer(c, "the result's owner token", hint)
  if (form.test(token)) return token
  throw unauthorized({
    code: 'no-owner-token',
    message: 'The token is none that this service gives to owners.',
    hint,
  })
}

/**
 * Does the request carry the owner token of this result, and does it come from a page that may use it?
 *
 * @throws ApiError 401 without an owner token, 403 with another one or from a foreign page; 429 for who tries too many
 */
export async function assertOwner(c: Context<App>, result: { owner: string; key?: string }): Promise<void> {
  const token = ownerToken(c)
  await limitAddress(c, 'RATE_ADDRESS', 'token:')
  if (!sameDigest(await sha256Hex(token), result.owner)) {
    throw new ApiError({
      status: 403,
      code: 'not-owner',
      message: 'This is not the owner token of this result.',
      hint: 'It was told once, when the upload began; nobody can look it up.',
    })
  }
  await assertOriginOfKeyId(c, result.key)
}
