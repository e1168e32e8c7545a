import { Hono } from 'hono'
import type { App } from './env.ts'
import { methodNotAllowed, notFound } from './errors.ts'
import { anySiteHeaders, workerHeaders } from './securityHeaders.ts'

/** The element of the widget: one file with a fixed name, which pages of other sites load. */
const widgetLoader = '/widget.js'

/** The built client. Files below /assets/ have their content's hash in their name. */
export const page = new Hono<App>().all('*', async (c) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    throw methodNotAllowed(c.req.method)
  }
  const found = await c.env.ASSETS.fetch(c.req.raw)
  if (found.status === 404) throw notFound(c.req.path)
  const answer = new Response(found.body, found)
  const immutable = c.req.path.startsWith('/assets/')
  answer.headers.set('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (immutable) setHeaders(answer, workerHeaders)
  if (c.req.path === widgetLoader) setHeaders(answer, anySiteHeaders)
  return answer
})

function setHeaders(answer: Response, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
}
