import { describe, expect, test } from 'vitest'
import { call, errorOf, isolateTests } from './service.ts'

isolateTests()

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
