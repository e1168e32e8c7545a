import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { App } from '../env.ts'
import { limits } from '../limits.ts'

const minute = 60_000
/** Lines of this isolate in the minute that began then, and those that were left out since the last one. */
const written = { since: 0, lines: 0, leftOut: 0 }

/**
 * One line of JSON for each request. Of the visitor nothing: no address, no id, no token; the route is its pattern. A line
 * costs more than its request: in a flood of them most are left out, and the next one tells how many.
 */
export const log: MiddlewareHandler<App> = async (c, next) => {
  const start = performance.now()
  await next()
  if (isFull()) return
  const { method } = c.req
  // The route that was meant: what stands for many paths (middleware, "nothing here") matches too.
  const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? '/*'
  const ms = Math.round(performance.now() - start)
  const leftOut = written.leftOut || undefined
  written.leftOut = 0
  console.log(JSON.stringify({ method, route, status: c.res.status, ms, leftOut }))
}

/** Counts a line. @returns whether it is one too many */
function isFull(): boolean {
  if (Date.now() - written.since >= minute) Object.assign(written, { since: Date.now(), lines: 0 })
  if (++written.lines <= limits.logLinesPerMinute) return false
  written.leftOut++
  return true
}
