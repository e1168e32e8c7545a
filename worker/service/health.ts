import { createRoute } from '@hono/zod-openapi'
import { version } from '../../package.json'
import { health as schema } from '../contract/contract.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { answer, describedApp, failures, noStore } from '../http/openapi.ts'
import { unfitSecrets } from '../secrets/secrets.ts'

const route = createRoute({
  method: 'get',
  path: '/api/health',
  tags: ['Service'],
  summary: 'Is the service well?',
  responses: { 200: answer('It is.', schema), ...failures(503) },
})

/** The version, and whether each binding answers. */
export const health = describedApp().openapi(route, async (c) => {
  const [models, results, quota] = await Promise.all([
    check('MODELS', () => c.env.MODELS.head('models/manifest.json')),
    check('RESULTS', () => c.env.RESULTS.list({ limit: 1 }).then(() => 'ok' as const)),
    check('QUOTA', () => c.env.QUOTA.get(c.env.QUOTA.idFromName('health')).usage(Date.now())).then(
      () => 'ok' as const,
    ),
  ])
  for (const name of ['RATE_SESSION', 'RATE_KEY', 'RATE_ADDRESS', 'RATE_STRICT'] as const)
    assertBound(c.env, name)
  if (!models) {
    throw new ApiError({
      status: 503,
      code: 'no-models',
      message: 'The bucket holds no model manifest.',
      hint: 'Fill it with: npm run models, then npm start.',
    })
  }
  const writes = unfitSecrets(c.env).length === 0 ? ('ready' as const) : ('not-configured' as const)
  const body = {
    status: 'ok' as const,
    version,
    models: models.uploaded.toISOString(),
    results,
    quota,
    writes,
  }
  return c.json(body, 200, noStore)
})

async function check<T>(binding: keyof Env, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (error) {
    console.error(error)
    throw unwell(binding)
  }
}

function assertBound(env: Env, binding: keyof Env): void {
  if (!env[binding]) throw unwell(binding)
}

function unwell(binding: string): ApiError {
  return new ApiError({
    status: 503,
    code: 'binding-unwell',
    message: `The binding ${binding} is missing or does not answer.`,
    hint: 'Compare wrangler.toml with what is deployed.',
  })
}
