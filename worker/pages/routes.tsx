import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { reportRequest, resultId } from '../contract/contract.ts'
import type { App } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { limits } from '../limits.ts'
import { limitAddress } from '../metering/rates.ts'
import { edgeCache, pageKey } from '../results/cache.ts'
import type { Published } from '../results/documents.ts'
import { keepNewest, listGallery } from '../results/gallery.ts'
import { noResult } from '../results/refusals.ts'
import { removeLateReports } from '../results/remove.ts'
import { storeReport } from '../results/reports.ts'
import { publishedRecord } from '../results/standing.ts'
import { answerErrorPage, answerPage } from './answer.tsx'
import { checkHeaders } from './check-headers.ts'
import { CheckPage } from './check-page.tsx'
import { GalleryPage } from './gallery-page.tsx'
import { address, neighbours, readPlace } from './gallery-trail.ts'
import { linkFor, readerOf } from './reader.ts'
import { ResultPage } from './result-page.tsx'

/**
 * Browsers ask again each time: the record is read for every visit, and what is deleted is gone at once. Forms tell
 * their origin only where the page may refer to itself.
 */
const resultHeaders = { 'cache-control': 'no-cache', 'referrer-policy': 'same-origin' }

/** The edge keeps a page for a moment, browsers keep none: owners see what they changed. */
const galleryHeaders = { 'cache-control': `public, max-age=0, s-maxage=${limits.gallery.cacheSeconds}` }

/** The pages that the worker writes: a shared result at `/r/:id`, listed ones at `/gallery`. */
export const pages = new Hono<App>()
  .on(['GET', 'POST'], ['/r/*', '/gallery', '/check'], async (c, next) => {
    await next()
    // Caches between here and the reader keep one page for each wish.
    c.header('vary', 'accept-language', { append: true })
  })
  .get('/r/:id', async (c) => {
    const record = await recordOf(c, c.req.param('id'))
    const { origin } = new URL(c.req.url)
    const reported = c.req.query('reported') !== undefined
    const page = <ResultPage record={record} origin={origin} reported={reported} />
    if (record.visibility === 'unlisted') c.header('x-robots-tag', 'noindex')
    return answerPage(c, page, resultHeaders)
  })
  .post('/r/:id/report', csrf(), bodyLimit({ maxSize: limits.jsonBytes }), async (c) => {
    await limitAddress(c, 'RATE_STRICT', 'report:')
    const { id } = await recordOf(c, c.req.param('id'))
    const form = await c.req.parseBody().catch(() => undefined)
    const report = reportRequest.safeParse(form)
    if (!report.success) throw badReport()
    await storeReport(c, id, report.data)
    await removeLateReports(c.env, id)
    return c.redirect(linkFor(readerOf(c), `/r/${id}?reported#report`), 303)
  })
  .get('/gallery', async (c) => {
    const place = readPlace(c.req.query())
    const { origin } = new URL(c.req.url)
    const key = pageKey(origin, address(place), readerOf(c))
    const isNewest = place.cursor === undefined
    const kept = isNewest && (await edgeCache().match(key))
    if (kept) return new Response(kept.body, kept)
    await limitAddress(c, 'RATE_STRICT', 'gallery:')
    const { results, cursor } = await listGallery(c.env, place.cursor, limits.gallery.pageSize)
    const page = (
      <GalleryPage results={results} origin={origin} here={address(place)} {...neighbours(place, cursor)} />
    )
    const answer = await answerPage(c, page, galleryHeaders)
    if (isNewest) c.executionCtx.waitUntil(keepNewest(c.env, key, answer.clone(), results))
    return answer
  })
  .get('/check', (c) => {
    const siteKey = c.env.TURNSTILE_SITE_KEY
    if (!siteKey) throw noCheck()
    return answerPage(c, <CheckPage siteKey={siteKey} />, checkHeaders)
  })

pages.onError(answerErrorPage)

/** @throws ApiError 404, 410 */
function recordOf(c: Context<App>, id: string): Promise<Published> {
  if (!resultId.safeParse(id).success) throw noResult()
  return publishedRecord(c.env, id)
}

function noCheck(): ApiError {
  return new ApiError({
    status: 404,
    code: 'no-check',
    message: 'This service has no check.',
    hint: 'The operator sets the variable TURNSTILE_SITE_KEY with the secret TURNSTILE_SECRET.',
  })
}

function badReport(): ApiError {
  const hint = `Go back, choose what is wrong, and write at most ${limits.reportLength} characters.`
  return new ApiError({
    status: 400,
    code: 'bad-report',
    message: 'The report is not complete, or too long.',
    hint,
  })
}
