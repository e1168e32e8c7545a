import type { Context } from 'hono'
import { ApiError, type ErrorFacts } from '../http/errors.ts'

/**
 * The token of `Authorization: Bearer ...`.
 *
 * @param what what it should be, for the sentence: "a session token"
 * @throws ApiError 401
 */
export function bearer(c: Context, what: string, hint: string): string {
  const [, token] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(c.req.header('authorization') ?? '') ?? []
  if (token) return token
  throw unauthorized({ code: 'no-token', message: `This needs ${what}, and the request carries none.`, hint })
}

export function unauthorized(facts: Pick<ErrorFacts, 'code' | 'message' | 'hint'>): ApiError {
  return new ApiError({ status: 401, ...facts, headers: { 'www-authenticate': 'Bearer' } })
}
