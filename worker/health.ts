import { Hono } from 'hono'
import { version } from '../package.json'
import type { App } from './env.ts'
import { ApiError } from './errors.ts'

/** `GET /api/health`: the version, and whether the model files can be read. */
export const health = new Hono<App>().get('/', async (c) => {
  const manifest = await c.env.MODELS.head('models/manifest.json')
  if (!manifest) {
    throw new ApiError(
      503,
      'no-models',
      'The bucket holds no model manifest.',
      'Fill it with: npm run models, then npm start.',
    )
  }
  return c.json({ status: 'ok', version, models: manifest.uploaded.toISOString() }, 200, {
    'cache-control': 'no-store',
  })
})
