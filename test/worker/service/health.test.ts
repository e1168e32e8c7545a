import { reset } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, expect, test } from 'vitest'
import { version } from '../../../package.json'

afterEach(() => reset())

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
