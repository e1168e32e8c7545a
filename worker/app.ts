import { Hono } from 'hono'
import { api } from './api.ts'
import { docs } from './docs/routes.tsx'
import type { App } from './env.ts'
import { log } from './http/log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { limitRequests } from './metering/rates.ts'
import { models } from './models/routes.ts'
import { about } from './pages/about-routes.tsx'
import { answerToAnyone } from './pages/answer-to-anyone.ts'
import { pages } from './pages/routes.tsx'
import { page } from './static/routes.ts'
import { widget } from './widget/routes.tsx'

export const app = new Hono<App>()
app.use(log, securityHeaders)
app.onError(answerToAnyone)
// What follows reads the bucket; the client's own files cost no more than their refusal would.
app.use('/r/*', limitRequests)
app.route('/', api)
app.route('/models', models)
app.route('/', docs(api))
app.route('/', about)
app.route('/', pages)
app.route('/', widget)
app.route('/', page)
