import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ErrorBody } from '../contract/contract.ts'
import type { PartName } from '../contract/parts.ts'

/** What an error tells. */
export interface ErrorFacts {
  status: ContentfulStatusCode
  /** For programs. */
  code: string
  /** What was found. */
  message: string
  /** What to do. */
  hint: string
  /** Of the answer, e.g. `retry-after`. */
  headers?: Readonly<Record<string, string>>
  /** The part of an upload that it is about. */
  part?: PartName
}

/** Throw it from anywhere in a route. */
export class ApiError extends HTTPException {
  readonly code: string
  readonly hint: string
  readonly headers: Readonly<Record<string, string>>
  readonly part?: PartName

  constructor({ status, code, message, hint, headers = {}, part }: ErrorFacts) {
    super(status, { message })
    this.code = code
    this.hint = hint
    this.headers = headers
    this.part = part
  }
}

export function answerError(error: Error, c: Context): Response {
  if (error instanceof ApiError) {
    const { status, code, message, hint, headers, part } = error
    return c.json<ErrorBody>({ error: { code, message, hint, part } }, status, {
      'cache-control': 'no-store',
      ...headers,
    })
  }
  if (error instanceof HTTPException) {
    const body: ErrorBody = {
      error: { code: 'bad-request', message: error.message, hint: 'See /docs for what this takes.' },
    }
    return c.json(body, error.status, { 'cache-control': 'no-store' })
  }
  console.error(error)
  const body: ErrorBody = {
    error: { code: 'internal', message: 'The server failed to answer.', hint: 'Try again in a moment.' },
  }
  return c.json(body, 500, { 'cache-control': 'no-store' })
}

export function notFound(path: string): ApiError {
  return new ApiError({
    status: 404,
    code: 'not-found',
    message: `There is nothing at ${path}.`,
    hint: 'Check the address, or start at /.',
  })
}

export function methodNotAllowed(method: string, allow = 'GET, HEAD'): ApiError {
  const hint = `Use ${allow.replace(/, ([A-Z]+)$/, ' or $1')}.`
  return new ApiError({
    status: 405,
    code: 'method-not-allowed',
    message: `${method} is not possible here.`,
    hint,
    headers: { allow },
  })
}

export function tooManyRequests(message: string, retryAfterSeconds: number): ApiError {
  const seconds = String(Math.max(1, Math.ceil(retryAfterSeconds)))
  return new ApiError({
    status: 429,
    code: 'too-many-requests',
    message,
    hint: `Try again in ${seconds} s.`,
    headers: { 'retry-after': seconds },
  })
}
