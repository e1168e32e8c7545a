/**
 * Seconds in which a request that goes well brings something: servers begin to answer within a few, and the slowest phone lines
 * drop packets for some, but hardly for this long. Longer waits belong to connections that are gone and never said so.
 */
export const silence = 15

/**
 * `fetch` that ends a request of which nothing has come for a while, before its answer or within it. What has come is not
 * touched by that: the body fails after it.
 *
 * @param seconds of silence
 * @throws DOMException `TimeoutError` after the silence, from the answer's body too; else what `fetch` throws
 */
export async function steadyFetch(
  address: string,
  init: RequestInit = {},
  seconds = silence,
): Promise<Response> {
  const ended = new AbortController()
  const soon = <T>(arrival: Promise<T>): Promise<T> => {
    const { promise: silent, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      const error = new DOMException(`Nothing came of ${address} for ${seconds} s.`, 'TimeoutError')
      ended.abort(error)
      reject(error)
    }, seconds * 1000)
    return Promise.race([arrival, silent]).finally(() => clearTimeout(timer))
  }
  const signal = init.signal ? AbortSignal.any([init.signal, ended.signal]) : ended.signal
  const response = await soon(fetch(address, { ...init, signal }))
  if (!response.body) return response
  const reader = response.body.getReader()
  const body = new ReadableStream<Uint8Array>({
    // Asked only when somebody wants more: who reads slowly makes no silence.
    async pull(controller) {
      const { done, value } = await soon(reader.read())
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return new Response(body, response)
}

/** Did {@link steadyFetch} end it? */
export const isSilence = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'TimeoutError'
