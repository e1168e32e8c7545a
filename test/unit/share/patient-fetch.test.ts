import { expect, test, vi } from 'vitest'
import { patientFetch } from '../../../client/share/patient-fetch.ts'
import { withRetry } from '../../../client/share/retry.ts'

/** What was asked to end a request, and after how many milliseconds. */
function asked() {
  const never = vi.fn<typeof fetch>(
    (_, init) =>
      new Promise((_, reject) => {
        init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason))
      }),
  )
  const limit = new AbortController()
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal)
  const end = () => limit.abort(new DOMException('', 'TimeoutError'))
  return { fetch: patientFetch(never), timeout, end }
}

test('a request without an answer ends, what sends much after longer', async () => {
  const { fetch, timeout, end } = asked()
  const failure = Promise.allSettled([
    fetch('/a'),
    fetch('/b', { method: 'PUT', body: new Uint8Array(999_999) }),
  ])
  expect(timeout.mock.calls).toEqual([[45_000], [145_000]])
  end()
  for (const { reason } of (await failure) as PromiseRejectedResult[])
    expect(reason.name).toBe('TimeoutError')
})

test('it is tried again, and said like a connection that is not there', async () => {
  vi.useFakeTimers()
  const step = vi.fn(() => Promise.reject(new DOMException('', 'TimeoutError')))
  const failure = withRetry(step).catch((error: unknown) => error)
  await vi.runAllTimersAsync()
  expect(await failure).toMatchObject({ status: 0, code: 'no-connection' })
  expect(step.mock.calls.length).toBeGreaterThan(1)
  vi.useRealTimers()
})

test('the person’s own stop stays one', async () => {
  const { fetch } = asked()
  const stopping = new AbortController()
  const failure = fetch('/a', { signal: stopping.signal }).catch((error: unknown) => error)
  stopping.abort()
  expect(await failure).toMatchObject({ name: 'AbortError' })
})
