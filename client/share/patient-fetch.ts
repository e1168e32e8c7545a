/** Seconds in which the service answers what has arrived; checking a whole result takes it some. */
const answer = 45
/** Bytes a second that the slowest lines carry upwards, which tell nothing of how far they are. */
const slowest = 10_000

/**
 * A `fetch` that ends a request without an answer, however large what it sends.
 *
 * @returns rejects with a DOMException `TimeoutError` then
 */
export function patientFetch(fetch: typeof globalThis.fetch = globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => {
    const bytes = init?.body instanceof Uint8Array ? init.body.length : 0
    const limit = AbortSignal.timeout(1000 * Math.ceil(answer + bytes / slowest))
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit
    return fetch(input, { ...init, signal })
  }
}
