import { cors } from './auth/origins.ts'
import { sessions } from './auth/routes.ts'
import { methodNotAllowed, notFound } from './http/errors.ts'
import { describedApp } from './http/openapi.ts'
import { limitRequests } from './metering/rates.ts'
import { admin } from './moderation/routes.ts'
import { results } from './results/routes.ts'
import { uploads } from './results/upload-routes.ts'
import { config } from './service/config.ts'
import { health } from './service/health.ts'

const app = describedApp()
app.use('/api/*', cors, limitRequests)

/** Everything below /api/, described for /openapi.json. */
export const api = app
  .route('/', health)
  .route('/', config)
  .route('/', sessions)
  .route('/', uploads)
  .route('/', results)
  .route('/', admin)
export type Api = typeof api

api.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer' })
api.openAPIRegistry.registerComponent('securitySchemes', 'owner', { type: 'http', scheme: 'bearer' })
api.openAPIRegistry.registerComponent('securitySchemes', 'admin', { type: 'http', scheme: 'bearer' })

api.all('/api/*', (c) => {
  const allowed = allowedMethods(c.req.path)
  if (allowed.length === 0) throw notFound(c.req.path)
  throw methodNotAllowed(c.req.method, allowed.join(', '))
})

/** Methods of the described routes that a path fits. */
function allowedMethods(path: string): string[] {
  const methods = new Set<string>()
  for (const definition of api.openAPIRegistry.definitions) {
    if (definition.type !== 'route') continue
    const pattern = definition.route.path.replaceAll(/\{[^}]+\}/g, '[^/]+')
    if (!new RegExp(`^${pattern}$`).test(path)) continue
    methods.add(definition.route.method.toUpperCase())
  }
  if (methods.has('GET')) methods.add('HEAD')
  return [...methods].sort()
}
