import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { App } from './env.ts'

/** One line of JSON for each request. Of the visitor nothing: no address, no id, no token; the route is its pattern. */
export const log: MiddlewareHandler<App> = async (c, next) => {
  const start = performance.now()
  await next()
  const { method } = c.req
  const ms = Math.round(performance.now() - start)
  console.log(JSON.stringify({ method, route: routePath(c, -1), status: c.res.status, ms }))
}
