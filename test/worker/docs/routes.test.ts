import { describe, expect, test } from 'vitest'
import { call, isolateTests } from '../service.ts'

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
