import { Hono } from 'hono'
import type { App } from '../env.ts'
import { languages } from '../texts/languages.ts'
import { answerPage } from './answer.tsx'
import { HowPage } from './how-page.tsx'
import { Logo } from './logo.tsx'
import { readerOf } from './reader.ts'

const caching = { 'cache-control': 'public, max-age=86400' }

/**
 * Shared faces that are not listed say "noindex" themselves, which a crawler must be able to read: their pages are not
 * among these.
 */
const robots = `User-agent: *
Disallow: /api/admin/
Disallow: /api/session
Disallow: /check
Disallow: /models/
Disallow: /widget/
`

/** What tells people, crawlers and devices about this site as a whole. */
export const about = new Hono<App>()
  .get('/how', (c) => {
    c.header('vary', 'accept-language')
    const { origin } = new URL(c.req.url)
    return answerPage(c, <HowPage origin={origin} />, { 'cache-control': 'no-cache' })
  })
  .get('/robots.txt', (c) => c.text(robots, 200, caching))
  .get('/manifest.webmanifest', (c) => {
    const { language } = readerOf(c)
    const { front } = languages[language].texts
    const icon = (src: string, sizes: string, purpose = 'any', type = 'image/png') => ({
      ...{ src, sizes, type, purpose },
    })
    const manifest = {
      ...{ id: '/', start_url: '/', scope: '/', display: 'standalone' },
      ...{ name: 'FaceRefiner', short_name: 'FaceRefiner', description: front.description, lang: language },
      ...{ theme_color: '#1b1b1b', background_color: '#1b1b1b', categories: ['photo', 'graphics'] },
      icons: [
        icon('/favicon.svg', 'any', 'any', 'image/svg+xml'),
        icon('/icon-192.png', '192x192'),
        icon('/icon-512.png', '512x512'),
        icon('/icon-maskable-512.png', '512x512', 'maskable'),
      ],
    }
    return c.body(JSON.stringify(manifest), 200, {
      ...caching,
      ...{ 'content-type': 'application/manifest+json', vary: 'accept-language' },
    })
  })
  .get('/favicon.svg', (c) => c.body(`${<Logo />}`, 200, { ...caching, 'content-type': 'image/svg+xml' }))
