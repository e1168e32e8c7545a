import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { App } from '../env.ts'

/** One line of JSON for each request. Of the visitor nothing: no address, no id, no token; the route is its pattern. */
export const log: MiddlewareHandler<App> = async (c, next) => {
  const start = performance.now()
  await next()
  const { method } = c.req
  // The route that was meant: what stands for many paths (middleware, "nothing here") matches too.
  const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? '/*'
  const ms = Math.round(performance.now() - start)
  console.log(JSON.stringify({ method, route, status: c.res.status, ms }))
}
