import type { Context, MiddlewareHandler } from 'hono'
import type { App } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { activeKeys, type WidgetKey } from './keys.ts'

const allowedHeaders = 'authorization, content-type, idempotency-key'
const allowedMethods = 'GET, HEAD, POST, PUT, PATCH, DELETE'

/**
 * CORS: pages of this service, and pages of origins that some widget key is bound to. Whether a page may use *this*
 * session or result is asked again where its key is known ({@link assertOrigin}).
 */
export const cors: MiddlewareHandler<App> = async (c, next) => {
  const origin = c.req.header('origin')
  const foreign = origin !== undefined && origin !== ownOrigin(c)
  const allowed = !foreign || (await activeKeys(c.env)).some(({ origins }) => origins.includes(origin))
  const preflight = c.req.method === 'OPTIONS' && c.req.header('access-control-request-method') !== undefined
  const reading = c.req.method === 'GET' || c.req.method === 'HEAD'
  // Reading needs no permission; without the header below a foreign page does not get to see the answer.
  if (!allowed && !reading) throw originNotAllowed(origin)
  if (preflight) {
    c.res = new Response(null, { status: 204 })
    c.header('access-control-allow-methods', allowedMethods)
    c.header('access-control-allow-headers', allowedHeaders)
    c.header('access-control-max-age', '600')
  } else {
    await next()
  }
  c.header('vary', 'origin', { append: true })
  if (foreign && allowed) {
    c.header('access-control-allow-origin', origin)
    c.header('access-control-expose-headers', 'retry-after, etag')
  }
}

/**
 * May the page that asks use this key, or nothing but this service's own pages where there is none? Requests from
 * elsewhere than pages carry no origin.
 *
 * @throws ApiError 403
 */
export function assertOrigin(c: Context<App>, key: WidgetKey | undefined): void {
  const origin = c.req.header('origin')
  if (origin === undefined || origin === ownOrigin(c) || key?.origins.includes(origin)) return
  throw originNotAllowed(origin)
}

/** The same for a result that was made with the key of this id; a revoked key lets no foreign page in. */
export async function assertOriginOfKeyId(c: Context<App>, keyId: string | undefined): Promise<void> {
  assertOrigin(
    c,
    (await activeKeys(c.env)).find(({ id }) => id === keyId),
  )
}

export function ownOrigin(c: Context<App>): string {
  return new URL(c.req.url).origin
}

function originNotAllowed(origin: string | undefined): ApiError {
  return new ApiError({
    status: 403,
    code: 'origin-not-allowed',
    message: `Pages of ${origin} may not do this.`,
    hint: 'The operator binds a widget key to the origin: npm run keys -- create --origin ORIGIN',
  })
}
