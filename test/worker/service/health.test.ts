import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, describe, expect, test } from 'vitest'
import { version } from '../../../package.json'
import { app } from '../../../worker/app.ts'
import { forgetHealth } from '../../../worker/service/health.ts'
import { origin } from '../service.ts'

afterEach(async () => {
  forgetHealth(env)
  await reset()
})

test('tells the version and that the model files can be read', async () => {
  await env.MODELS.put('models/manifest.json', '{"models":[]}')
  const response = await exports.default.fetch('http://localhost/api/health')
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ status: 'ok', version })
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('is unwell without models, and says what to do', async () => {
  const response = await exports.default.fetch('http://localhost/api/health')
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({
    error: {
      code: 'no-models',
      message: 'The bucket holds no model manifest.',
      hint: 'Fill it with: npm run models, then npm start.',
    },
  })
})

describe('its bindings', () => {
  const ask = (changes: object) => app.request(`${origin}/api/health`, {}, { ...env, ...changes })

  test('says that all is well, and whether writes are possible', async () => {
    await env.MODELS.put('models/manifest.json', '{"models":[]}')
    expect(await (await ask({})).json()).toMatchObject({
      status: 'ok',
      results: 'ok',
      quota: 'ok',
      writes: 'ready',
    })
    const unset = await ask({ SESSION_SECRET: undefined })
    expect(unset.status).toBe(200)
    expect(await unset.json()).toMatchObject({ writes: 'not-configured' })
  })

  test('are asked once in a while, however many ask', async () => {
    await env.MODELS.put('models/manifest.json', '{"models":[]}')
    let asked = 0
    const bucket = new Proxy(env.RESULTS, {
      get(target, name) {
        asked++
        const value = Reflect.get(target, name) as unknown
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    for (let i = 0; i < 20; i++) expect((await ask({ RESULTS: bucket })).status).toBe(200)
    expect(asked).toBe(1)
  })

  test.each(['MODELS', 'RESULTS', 'QUOTA', 'RATE_STRICT'])('without %s: 503 naming it', async (binding) => {
    const response = await ask({ [binding]: undefined })
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({
      error: { code: 'binding-unwell', message: `The binding ${binding} is missing or does not answer.` },
    })
  })
})
