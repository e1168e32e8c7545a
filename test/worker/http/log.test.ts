import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { app } from '../../../worker/app.ts'
import { origin } from '../service.ts'

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
