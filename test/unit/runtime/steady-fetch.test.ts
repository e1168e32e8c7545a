import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isSilence, silence, steadyFetch } from '../../../client/runtime/steady-fetch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const address = 'https://faces.example/file'
const bytes = (...values: number[]) => Uint8Array.from(values)
/** Seconds pass, and what follows from that. */
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

/** An answer whose body comes when it is told to. @returns what sends, and the signal that the request was made with */
function answering() {
  let source!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      source = controller
    },
  })
  const fetch = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body, { status: 206 }))
  return { send: (part: Uint8Array) => source.enqueue(part), end: () => source.close(), fetch }
}

test('an answer that comes slowly arrives whole', async () => {
  const { send, end } = answering()
  const arrival = steadyFetch(address).then((response) => response.arrayBuffer())
  for (const value of [1, 2, 3]) {
    await pass(silence - 1)
    send(bytes(value))
  }
  await pass(silence - 1)
  end()
  expect(new Uint8Array(await arrival)).toEqual(bytes(1, 2, 3))
})

test('one that never begins is ended, and the request with it', async () => {
  const fetch = vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise(() => {}))
  const failure = steadyFetch(address).catch((error: unknown) => error)
  await pass(silence + 1)
  expect(isSilence(await failure)).toBe(true)
  expect(fetch.mock.calls[0][1]?.signal?.aborted).toBe(true)
})

test('one that goes silent fails after what has come', async () => {
  const { send } = answering()
  const { status, body } = await steadyFetch(address)
  expect(status).toBe(206)
  const reader = body!.getReader()
  send(bytes(7))
  expect((await reader.read()).value).toEqual(bytes(7))
  const failure = reader.read().catch((error: unknown) => error)
  await pass(silence + 1)
  expect(isSilence(await failure)).toBe(true)
})

test('who reads slowly is no silence', async () => {
  const { send, end } = answering()
  const { body } = await steadyFetch(address)
  send(bytes(1))
  await pass(10 * silence)
  send(bytes(2))
  end()
  const parts: number[] = []
  for await (const part of body!) parts.push(...part)
  expect(parts).toEqual([1, 2])
})

test('the caller may end it, and its own reason is what comes of that', async () => {
  const fetch = vi.spyOn(globalThis, 'fetch').mockImplementation(
    (_, init) =>
      new Promise((_, reject) => {
        init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason))
      }),
  )
  const ended = new AbortController()
  const failure = steadyFetch(address, { signal: ended.signal }).catch((error: unknown) => error)
  ended.abort('enough')
  expect(await failure).toBe('enough')
  expect(fetch).toHaveBeenCalledOnce()
})
