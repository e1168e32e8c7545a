import type { Context } from 'hono'
import { ApiError } from '../http/errors.ts'

/**
 * The token of `Authorization: Bearer ...`.
 *
 * @param what what it should be, for the sentence: "a session token"
 * @throws ApiError 401
 */
export function bearer(c: Context, what: string, hint: string): string {
  const [, token] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(c.req.header('authorization') ?? '') ?? []
  if (token) return token
  throw unauthorized('no-token', `This needs ${what}, and the request carries none.`, hint)
}

export function unauthorized(code: string, message: string, hint: string): ApiError {
  return new ApiError(401, code, message, hint, { 'www-authenticate': 'Bearer' })
}
