import { Hono } from 'hono'
import type { App } from './env.ts'
import { methodNotAllowed, notFound } from './errors.ts'

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
  return answer
})
