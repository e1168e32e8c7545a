import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { limits } from '../../../worker/limits.ts'

it('wrangler.toml gives the rate limits their numbers', () => {
  const text = readFileSync(new URL('../../../wrangler.toml', import.meta.url), 'utf8')
  const bindings = text.matchAll(
    /\[\[ratelimits\]\]\nname = "(\w+)"\n.*\nsimple = \{ limit = (\d+), period = (\d+) \}/g,
  )
  const rates = Object.fromEntries(
    Array.from(bindings, ([, name, limit, period]) => [
      name,
      { limit: Number(limit), period: Number(period) },
    ]),
  )
  expect(rates).toEqual(limits.rates)
})

it('wrangler.toml runs the cron as often as is counted on', () => {
  const text = readFileSync(new URL('../../../wrangler.toml', import.meta.url), 'utf8')
  expect(/^crons = \["\d+ \* \* \* \*"\]$/m.test(text)).toBe(true)
  expect(limits.cleanUp.runsPerDay).toBe(24)
})
