import { type Context, Hono } from 'hono'
import { cors } from '../auth/origins.ts'
import type { App } from '../env.ts'
import { methodNotAllowed, notFound } from '../http/errors.ts'
import { serveObject } from '../http/serve-object.ts'
import { limitRequests } from '../metering/rates.ts'
import { acceptedEndings, clientAcceptEncoding } from './content-encoding.ts'

/** The manifest changes with a deployment; what it names never does, because addresses hold the content's hash. */
const manifestCaching = 'public, max-age=60, must-revalidate'
const fileCaching = 'public, max-age=31536000, immutable'

/**
 * `/models/manifest.json` and the files that it lists: for this service's own pages, and by CORS for pages of origins that
 * some widget key is bound to, which run the library.
 */
export const models = new Hono<App>()
  .use(cors, limitRequests)
  .on(['GET', 'HEAD'], '/manifest.json', (c) => serve(c, 'manifest.json', manifestCaching))
  .on(['GET', 'HEAD'], '/:hash{[0-9a-f]{16}}/:file{[A-Za-z0-9._-]+}', (c) =>
    serve(c, `${c.req.param('hash')}/${c.req.param('file')}`, fileCaching),
  )
  .all('*', (c) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') throw notFound(c.req.path)
    throw methodNotAllowed(c.req.method)
  })

async function serve(c: Context<App>, key: string, caching: string): Promise<Response> {
  // A range counts bytes of the plain file, so that a broken download can go on whatever encoding it had.
  const endings = c.req.header('range') ? [''] : acceptedEndings(clientAcceptEncoding(c.req.raw))
  for (const ending of endings) {
    const answer = await serveObject(c.env.MODELS, `models/${key}${ending}`, c.req.raw)
    if (!answer) continue
    answer.headers.set('cache-control', caching)
    return answer
  }
  throw notFound(c.req.path)
}
