import { Hono } from 'hono'

export interface Env {
  ASSETS: Fetcher
  MODELS: R2Bucket
}

const app = new Hono<{ Bindings: Env }>()
app.get('/api/health', (c) => c.json({ status: 'ok' }))

export default app
