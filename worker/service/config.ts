import { createRoute } from '@hono/zod-openapi'
import { config as schema } from '../contract/contract.ts'
import { answer, describedApp, failures } from '../http/openapi.ts'

const route = createRoute({
  method: 'get',
  path: '/api/config',
  tags: ['Service'],
  summary: 'What a page must know before it shares',
  responses: { 200: answer('How this service is set up.', schema), ...failures(429) },
})

/** Reads nothing, so that every page may ask. */
export const config = describedApp().openapi(route, (c) =>
  c.json({ turnstile: Boolean(c.env.TURNSTILE_SECRET) }, 200, { 'cache-control': 'public, max-age=300' }),
)
