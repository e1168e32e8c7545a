import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createReporter } from '../../../client/cli/reporter.ts'
import type { Progress } from '../../../client/refine/types.ts'

const step = (number: number): Progress => ({
  round: 0,
  rounds: 1,
  scale: 128,
  scaleIndex: 0,
  scales: 1,
  step: number - 1,
  steps: 40,
  fraction: number / 40,
  losses: { total: 1 / number },
  secondsElapsed: number,
  secondsLeft: number === 1 ? null : 40 - number,
})

/** What a run of 40 steps writes to a stream. */
function written(properties: object): string {
  const stream = Object.assign(new PassThrough(), properties) as unknown as NodeJS.WriteStream
  const reporter = createReporter(stream)
  reporter.say('Starting.')
  for (let i = 1; i <= 40; i++) reporter.advance(step(i))
  reporter.say('Done.')
  reporter.end()
  return String((stream as unknown as PassThrough).read())
}

describe('createReporter', () => {
  it('writes a line each tenth where there is no terminal', () => {
    const lines = written({ isTTY: false }).trimEnd().split('\n')
    expect(lines).toHaveLength(12)
    expect(lines[0]).toBe('Starting.')
    expect(lines[1]).toBe('10%  fine pass at 128 px, step 4 of 40  loss 0.2500  36 s left')
    expect(lines[10]).toBe('100%  fine pass at 128 px, step 40 of 40  loss 0.02500  0 s left')
    expect(lines[11]).toBe('Done.')
  })

  it('draws one bar on a terminal and keeps the lines', () => {
    const terminal = {
      isTTY: true,
      columns: 100,
      cursorTo() {},
      clearLine() {},
      moveCursor() {},
      clearScreenDown() {},
    }
    const text = written(terminal)
    expect(text).toContain('Starting.\n')
    expect(text).toContain('fine pass at 128 px, step 1 of 40')
    expect(text.endsWith('Done.\n')).toBe(true)
  })
})
