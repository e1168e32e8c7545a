import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { app } from '../../../worker/app.ts'
import { limits } from '../../../worker/limits.ts'
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

test('in a flood of requests most lines are left out, and the next one tells how many', async () => {
  const lines: { leftOut?: number }[] = []
  const spy = vi.spyOn(console, 'log').mockImplementation((line) => lines.push(JSON.parse(String(line))))
  vi.useFakeTimers({ now: Date.now() + 3600_000 })
  try {
    const asked = limits.logLinesPerMinute + 50
    for (let i = 0; i < asked; i++) await app.request(`${origin}/robots.txt`, {}, env)
    expect(lines).toHaveLength(limits.logLinesPerMinute)
    vi.advanceTimersByTime(60_000)
    await app.request(`${origin}/robots.txt`, {}, env)
    expect(lines).toHaveLength(limits.logLinesPerMinute + 1)
    expect(lines.at(-1)?.leftOut).toBe(50)
  } finally {
    vi.useRealTimers()
    spy.mockRestore()
  }
})
