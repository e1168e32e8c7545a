import { type Context, Hono } from 'hono'
import type { App } from '../env.ts'
import { ApiError, answerError, methodNotAllowed, notFound } from '../http/errors.ts'
import { answerPage } from '../pages/answer.tsx'
import { randomText } from '../secrets/crypto.ts'
import { frameHeaders, refusalHeaders } from './frame-headers.ts'
import { RefusedPage } from './refused-page.tsx'

/** Who may frame it hangs on the key, which may be revoked at any time: nobody keeps it. */
const noStore = { 'cache-control': 'no-store' }

/** `/widget/frame?key=pk_...`: the document in the widget's frame. */
export const widget = new Hono<App>()
  .on(['GET', 'HEAD'], '/widget/frame', async (c) => {
    const key = c.req.query('key')
    if (!key) {
      const hint = 'Give the element its site-key="pk_...".'
      throw new ApiError({
        status: 400,
        code: 'missing-key',
        message: 'The widget was opened without a key.',
        hint,
      })
    }
    const headers = await frameHeaders(c.env, key)
    const built = await c.env.ASSETS.fetch(new URL('/widget/frame', c.req.url))
    if (!built.ok) throw notFound(c.req.path)
    return new Response(built.body, {
      headers: { 'content-type': 'text/html; charset=utf-8', ...headers, ...noStore },
    })
  })
  .all('/widget/frame', (c) => {
    throw methodNotAllowed(c.req.method)
  })
  .onError((error, c) => (c.req.method === 'GET' ? refuse(error, c) : answerError(error, c)))

/** The site's owner opened the page to see the widget: tell them there. */
function refuse(error: Error, c: Context<App>): Response | Promise<Response> {
  if (!(error instanceof ApiError)) return answerError(error, c)
  const nonce = randomText(16)
  const words = `${error.message} ${error.hint}`
  const page = <RefusedPage code={error.code} words={words} nonce={nonce} />
  return answerPage(c, page, { ...refusalHeaders(nonce), ...noStore }, error.status)
}
