import { Hono } from 'hono'
import { api } from './api.ts'
import { docs } from './docs/routes.tsx'
import type { App } from './env.ts'
import { log } from './log.ts'
import { models } from './models/routes.ts'
import { page } from './page.ts'
import { about } from './pages/about-routes.tsx'
import { answerToAnyone } from './pages/answer-to-anyone.ts'
import { pages } from './pages/routes.tsx'
import { securityHeaders } from './security-headers.ts'
import { widget } from './widget/routes.tsx'

export const app = new Hono<App>()
app.use(log, securityHeaders)
app.onError(answerToAnyone)
app.route('/', api)
app.route('/models', models)
app.route('/', docs(api))
app.route('/', about)
app.route('/', pages)
app.route('/', widget)
app.route('/', page)
