import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
test('health', async () => {
  const r = await (exports as any).default.fetch('http://x/api/health')
  expect(r.status).toBe(200)
})
