import { type Context, Hono } from 'hono'
import type { App } from '../env.ts'
import { methodNotAllowed, notFound } from '../http/errors.ts'
import { anySiteHeaders, workerHeaders } from '../http/security-headers.ts'
import { frontHead } from '../pages/front-head.tsx'
import { readerOf } from '../pages/reader.ts'

/** The element of the widget: one file with a fixed name, which pages of other sites load. */
const widgetLoader = '/widget.js'

/** The built client. Files below /assets/ have their content's hash in their name. */
export const page = new Hono<App>().all('*', async (c) => {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
    throw methodNotAllowed(c.req.method)
  }
  const isFront = c.req.path === '/'
  // The front page is not what was built to the letter, so nobody has it already.
  const found = await c.env.ASSETS.fetch(isFront ? new URL('/', c.req.url) : c.req.raw)
  if (found.status === 404) throw notFound(c.req.path)
  const answer = new Response(found.body, found)
  const immutable = c.req.path.startsWith('/assets/')
  answer.headers.set('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (immutable) setHeaders(answer, workerHeaders)
  if (c.req.path === widgetLoader) setHeaders(answer, anySiteHeaders)
  return isFront ? front(answer, c) : answer
})

/** The built page with what depends on its address and its reader. */
function front(built: Response, c: Context<App>): Response {
  const head = frontHead(new URL(c.req.url).origin, readerOf(c))
  built.headers.delete('etag')
  built.headers.set('vary', 'accept-language')
  return new HTMLRewriter()
    .on('meta[name="description"]', { element: (meta) => void meta.remove() })
    .on('head', { element: (element) => void element.append(head, { html: true }) })
    .transform(built)
}

function setHeaders(answer: Response, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
}
