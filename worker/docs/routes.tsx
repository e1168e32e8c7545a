import { Hono } from 'hono'
import { version } from '../../package.json'
import type { Api } from '../api.ts'
import type { App } from '../env.ts'
import { DocsPage, type OpenApiDocument } from './docs-page.tsx'
import { stylesheet } from './stylesheet.ts'

const caching = { 'cache-control': 'public, max-age=300' }

/** `/openapi.json`, and the same for people at `/docs`. */
export function docs(api: Api) {
  let made: OpenApiDocument | undefined
  const document = (): OpenApiDocument => {
    made ??= api.getOpenAPI31Document({
      openapi: '3.1.0',
      info: {
        title: 'FaceRefiner',
        version,
        description:
          'Shares facial textures that were computed in a browser. Errors have one shape: code for programs, message for what was found, hint for what to do.',
      },
    }) as unknown as OpenApiDocument
    return made
  }
  return new Hono<App>()
    .get('/openapi.json', (c) => c.json(document(), 200, caching))
    .get('/docs', (c) => c.html(<DocsPage document={document()} />, 200, caching))
    .get('/docs/style.css', (c) => c.body(stylesheet, 200, { ...caching, 'content-type': 'text/css' }))
}
