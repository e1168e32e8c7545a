import { createRoute } from '@hono/zod-openapi'
import { version } from '../../package.json'
import { health as schema } from '../contract/contract.ts'
import type { Env } from '../env.ts'
import { ApiError } from '../http/errors.ts'
import { answer, describedApp, failures, noStore } from '../http/openapi.ts'
import { unfitSecrets } from '../secrets/secrets.ts'

const bindings = [
  ...(['MODELS', 'RESULTS', 'QUOTA'] as const),
  ...(['RATE_SESSION', 'RATE_KEY', 'RATE_ADDRESS', 'RATE_STRICT', 'RATE_READ'] as const),
]

const route = createRoute({
  method: 'get',
  path: '/api/health',
  tags: ['Service'],
  summary: 'Is the service well?',
  responses: { 200: answer('It is.', schema), ...failures(429, 503) },
})

/** Found well, by the bucket that was asked. For a moment nobody's question costs a read or a call. */
const known = new WeakMap<R2Bucket, { models: R2Object; until: number }>()
const knownMilliseconds = 10_000

/** The version, and whether each binding answers. */
export const health = describedApp().openapi(route, async (c) => {
  for (const name of bindings) assertBound(c.env, name)
  const models = await modelsWhereAllIsWell(c.env)
  const writes = unfitSecrets(c.env).length === 0 ? ('ready' as const) : ('not-configured' as const)
  const body = {
    status: 'ok' as const,
    version,
    models: models.uploaded.toISOString(),
    results: 'ok' as const,
    quota: 'ok' as const,
    writes,
  }
  return c.json(body, 200, noStore)
})

/** Forgets what was found: for tests. */
export function forgetHealth(env: Env): void {
  known.delete(env.MODELS)
}

/** @returns the manifest of the model files @throws ApiError 503 where something does not answer */
async function modelsWhereAllIsWell(env: Env): Promise<R2Object> {
  const found = known.get(env.MODELS)
  if (found && found.until > Date.now()) return found.models
  const [models] = await Promise.all([
    check('MODELS', () => env.MODELS.head('models/manifest.json')),
    check('RESULTS', () => env.RESULTS.head('health')),
    check('QUOTA', () => env.QUOTA.get(env.QUOTA.idFromName('health')).usage(Date.now())),
  ])
  if (!models) {
    throw new ApiError({
      status: 503,
      code: 'no-models',
      message: 'The bucket holds no model manifest.',
      hint: 'Fill it with: npm run models, then npm start.',
    })
  }
  known.set(env.MODELS, { models, until: Date.now() + knownMilliseconds })
  return models
}

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
