import { expect, test } from 'vitest'
import { call, errorOf, goodParts, isolateTests, publish } from '../service.ts'

const parts = await goodParts()
isolateTests()

test.each([
  '{"title":{"length":{"toString":1}}}',
  '{"title":{"length":[[{"toString":1}]]}}',
  '{"days":{"valueOf":1,"toString":1}}',
  '{"__proto__":{"title":"x"}}',
  '[]',
  'null',
  '"',
  '',
])('a body of %s does not fit, and is no failure', async (body) => {
  const { id, owner } = await publish(parts)
  const headers = { 'content-type': 'application/json' }
  const response = await call(`/api/results/${id}`, { method: 'PATCH', token: owner, body, headers })
  expect(response.status).toBe(400)
  expect((await errorOf(response)).code).toMatch(/^(invalid-request|bad-request)$/)
})
