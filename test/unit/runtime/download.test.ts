import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { download } from '../../../client/runtime/download.ts'
import { sha256Hex } from '../../../client/runtime/sha256.ts'
import { silence } from '../../../client/runtime/steady-fetch.ts'

// How files are verified, cut and resumed is tested in a browser (test/browser/runtime/store.test.ts).

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const whole = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251)
const file = { file: 'faces/model.bin', bytes: whole.length, sha256: await sha256Hex(whole) }

/** A server that sends so many bytes an answer, and then nothing more; of the last, everything. */
function silentAfter(...counts: number[]) {
  const ranges: (string | null)[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
    const range = new Headers(init?.headers).get('range')
    const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0)
    const count = counts[ranges.length]
    ranges.push(range)
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(whole.slice(from, count === undefined ? undefined : from + count))
        if (count === undefined) controller.close()
      },
    })
    return new Response(body, { status: range ? 206 : 200 })
  })
  return ranges
}

/** Lets as much time pass as many silences take. */
const silences = (count: number) => vi.advanceTimersByTimeAsync(count * silence * 1000 + 1000)

describe('a download that goes silent', () => {
  test('goes on after what has arrived', async () => {
    const ranges = silentAfter(40_000, 30_000)
    const arrival = download(file, 'https://faces.example', () => {})
    await silences(2)
    expect(await arrival).toEqual(whole)
    expect(ranges).toEqual([null, 'bytes=40000-', 'bytes=70000-'])
  })

  test.each([
    ['nothing at all', [0, 0, 0]],
    ['a crumb each time', [10, 10, 10]],
  ])('is given up with a sentence where it brings %s', async (_, counts) => {
    const ranges = silentAfter(...counts)
    const failure = download(file, 'https://faces.example', () => {}).catch((error: unknown) => error)
    await silences(2)
    expect(await failure).toMatchObject({
      code: 'network',
      message: `faces/model.bin could not be downloaded: nothing came for ${silence} seconds. Try again.`,
      details: { reason: 'silent' },
    })
    expect(ranges).toHaveLength(2)
  })
})
