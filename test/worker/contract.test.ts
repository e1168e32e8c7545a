import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import { app } from '../../worker/app.ts'
import { call, errorOf, isolateTests, origin } from './service.ts'

isolateTests()

interface Document {
  openapi: string
  paths: Record<string, Record<string, { responses: Record<string, unknown>; security?: object[] }>>
  components: { securitySchemes: object }
}

describe('/openapi.json', () => {
  test('describes every route of the API', async () => {
    const response = await call('/openapi.json')
    expect(response.status).toBe(200)
    const { openapi, paths, components } = await response.json<Document>()
    expect(openapi).toBe('3.1.0')
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(routes.sort()).toEqual([
      'DELETE /api/admin/reports/{id}/{report}',
      'DELETE /api/results/{id}',
      'GET /api/admin/reports',
      'GET /api/config',
      'GET /api/gallery',
      'GET /api/health',
      'GET /api/results/{id}',
      'GET /api/results/{id}/parts/{name}',
      'PATCH /api/results/{id}',
      'PATCH /api/results/{id}/parts',
      'POST /api/admin/results/{id}/take-down',
      'POST /api/results',
      'POST /api/results/{id}/commit',
      'POST /api/results/{id}/report',
      'POST /api/session',
      'PUT /api/results/{id}/parts/{name}',
    ])
    expect(Object.keys(components.securitySchemes)).toEqual(['session', 'owner', 'admin'])
    expect(paths['/api/results'].post.security).toEqual([{ session: [] }])
  })
})

describe('/docs', () => {
  test('is a page that breaks no rule', async () => {
    const response = await call('/docs')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe-inline')
    const html = await response.text()
    expect(html).toMatch(/^(<!DOCTYPE html>)?<html lang="en">/)
    for (const text of ['/api/results/{id}/commit', 'Declare the parts of a result', 'owner token']) {
      expect(html).toContain(text)
    }
    expect(html).not.toMatch(/<script|style=|https?:\/\//)
    const styles = await call('/docs/style.css')
    expect(styles.headers.get('content-type')).toContain('text/css')
  })
})

describe('what is not there', () => {
  test.each([
    ['GET', '/api/nowhere', 404, null],
    ['PUT', '/api/session', 405, 'POST'],
    ['GET', '/api/session', 405, 'POST'],
    ['DELETE', '/api/results', 405, 'POST'],
    ['POST', '/api/gallery', 405, 'GET, HEAD'],
    ['PATCH', '/api/results/AAAAAAAAAAAAAAAAAAAAAA/parts/face.glb', 405, 'GET, HEAD, PUT'],
    ['POST', '/api/results/AAAAAAAAAAAAAAAAAAAAAA', 405, 'DELETE, GET, HEAD, PATCH'],
  ])('%s %s: %i', async (method, path, status, allow) => {
    const response = await call(path, { method })
    expect(response.status).toBe(status)
    expect(response.headers.get('allow')).toBe(allow)
    const error = await errorOf(response)
    expect(error.code).toBe(status === 404 ? 'not-found' : 'method-not-allowed')
    expect(error.hint).not.toBe('')
  })

  test('a body that is no JSON, or says it is none: 400 or 415 in the same shape', async () => {
    for (const [type, status] of [
      ['application/json', 400],
      ['text/plain', 415],
    ] as const) {
      const response = await call('/api/session', { body: '{', headers: { 'content-type': type } })
      expect(response.status).toBe(status)
      expect(Object.keys((await response.json<{ error: object }>()).error).sort()).toEqual([
        'code',
        'hint',
        'message',
      ])
    }
  })
})

describe('health', () => {
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

  test.each(['MODELS', 'RESULTS', 'QUOTA', 'RATE_STRICT'])('without %s: 503 naming it', async (binding) => {
    const response = await ask({ [binding]: undefined })
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({
      error: { code: 'binding-unwell', message: `The binding ${binding} is missing or does not answer.` },
    })
  })
})

test('a request leaves one line, which says nothing of who asked or for what', async () => {
  const lines: string[] = []
  const spy = vi.spyOn(console, 'log').mockImplementation((line) => lines.push(String(line)))
  await app.request(
    `${origin}/api/results/q83vEjRWeJASNFZ4kBI0Vg?secret=1`,
    { headers: { 'cf-connecting-ip': '192.0.2.77', authorization: 'Bearer own_secret' } },
    env,
  )
  await app.request(`${origin}/api/nowhere/q83vEjRWeJASNFZ4kBI0Vg`, {}, env)
  spy.mockRestore()
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { method: 'GET', route: '/api/results/:id', status: 404, ms: expect.any(Number) },
    { method: 'GET', route: '/*', status: 404, ms: expect.any(Number) },
  ])
})
