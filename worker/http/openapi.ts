import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import { type ZodType, z } from 'zod'
import { errorBody, resultId } from '../contract/contract.ts'
import { safelyParsed } from '../contract/safely-parsed.ts'
import type { App } from '../env.ts'
import { ApiError, notFound } from './errors.ts'

/** A Hono app whose routes are described by schemas, and which answers what does not fit them in the one error shape. */
export function describedApp(): OpenAPIHono<App> {
  return new OpenAPIHono<App>({
    defaultHook: (outcome, c) => {
      if (outcome.success) return
      if (outcome.target === 'param') throw notFound(c.req.path)
      const [issue] = outcome.error.issues
      const where = issue.path.join('.') || 'The request'
      throw new ApiError({
        status: 400,
        code: 'invalid-request',
        message: `${where}: ${issue.message}`,
        hint: 'See /docs for what this takes.',
      })
    },
  })
}

const sentences: Record<number, string> = {
  400: 'The request does not fit its schema.',
  401: 'No token, or none that is good.',
  403: 'Not with this token, or not from this page.',
  404: 'There is none.',
  409: 'Not in this state, or changed at the same moment.',
  410: 'It was taken down, or the upload is too old.',
  411: 'The body has no length.',
  413: 'The body is too large.',
  415: 'The body is not said to be JSON.',
  416: 'The file has no such range.',
  422: 'A part of the upload is missing or wrong; it is named.',
  429: 'Too many requests: see Retry-After.',
  503: 'The service cannot do this now.',
}

/** Describes error answers for a route. */
export function failures<Status extends number>(...statuses: Status[]) {
  const content = { 'application/json': { schema: errorBody } }
  return Object.fromEntries(
    statuses.map((status) => [status, { description: sentences[status], content }]),
  ) as Record<Status, { description: string; content: typeof content }>
}

/** A required JSON body. */
export function json<T extends ZodType>(schema: T) {
  // Bodies are validated by this method.
  schema.safeParseAsync = async (value) => safelyParsed(schema, value)
  return { required: true, content: { 'application/json': { schema } } } as const
}

/** A JSON answer. */
export function answer<T extends ZodType>(description: string, schema: T) {
  return { description, content: { 'application/json': { schema } } } as const
}

/** Bytes, in a request or an answer. */
export const binary = {
  'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
} as const

export const security = {
  session: [{ session: [] }],
  owner: [{ owner: [] }],
  admin: [{ admin: [] }],
} satisfies Record<string, RouteConfig['security']>

/** Parameters of every address below a result. */
export const resultParams = z.object({ id: resultId })

/** Header of answers that are one visitor's own, or may change at any moment. */
export const noStore = { 'cache-control': 'no-store' } as const
