import { Hono } from 'hono'
import type { App } from '../env.ts'
import { limits } from '../limits.ts'
import { listGallery } from '../results/gallery.ts'
import { publishedRecord } from '../results/readResult.ts'
import { answerErrorPage, answerPage } from './answer.tsx'
import { GalleryPage } from './GalleryPage.tsx'
import { ResultPage } from './ResultPage.tsx'

/** The pages that the worker writes: a shared result at `/r/:id`, listed ones at `/gallery`. */
export const pages = new Hono<App>()
  .get('/r/:id', async (c) => {
    const record = await publishedRecord(c.env, c.req.param('id'))
    const { origin } = new URL(c.req.url)
    return answerPage(c, <ResultPage record={record} origin={origin} />, { 'cache-control': 'no-cache' })
  })
  .get('/gallery', async (c) => {
    const { results, cursor } = await listGallery(c.env, c.req.query('cursor'), limits.gallery.pageSize)
    return answerPage(c, <GalleryPage results={results} older={cursor} />, { 'cache-control': 'no-cache' })
  })

pages.onError(answerErrorPage)
