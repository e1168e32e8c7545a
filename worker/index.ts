import { Hono } from 'hono'
import type { App } from './env.ts'
import { answerError, notFound } from './errors.ts'
import { health } from './health.ts'
import { models } from './models/routes.ts'
import { page } from './page.ts'
import { securityHeaders } from './securityHeaders.ts'

const app = new Hono<App>()
app.use(securityHeaders)
app.onError(answerError)
app.route('/api/health', health)
app.route('/models', models)
app.all('/api/*', (c) => {
  throw notFound(c.req.path)
})
app.route('/', page)

export default app
