import { ShareError } from './errors.ts'

/** Times that one step is tried. */
const attempts = 5
/** Seconds before the second attempt; each further one waits twice as long. */
const firstPause = 0.5
/** A service that asks to wait longer than this is not waited for, seconds. */
const patience = 60

/**
 * Does a step again while it fails for reasons that pass: no connection, a busy server or result, too many requests.
 *
 * @throws ShareError the last one; at once where repeating does not help
 */
export async function withRetry<T>(step: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await step()
    } catch (error) {
      signal?.throwIfAborted()
      const failure = asShareError(error)
      const pause = failure.retryAfter ?? firstPause * 2 ** (attempt - 1)
      const passes =
        failure.status === 0 || failure.status === 429 || failure.status >= 500 || failure.code === 'busy'
      if (!passes || failure.code === 'not-configured' || attempt === attempts || pause > patience)
        throw failure
      await new Promise((resolve) => setTimeout(resolve, pause * 1000))
    }
  }
}

/** fetch rejects with a TypeError where there is no connection, and with a TimeoutError where nothing came (patient-fetch.ts). */
function asShareError(error: unknown): ShareError {
  if (error instanceof ShareError) return error
  const isSilence = error instanceof DOMException && error.name === 'TimeoutError'
  if (!(error instanceof TypeError || isSilence)) throw error
  return new ShareError(0, {
    code: 'no-connection',
    message: `The service could not be reached (${error.message}).`,
    hint: 'Check the connection and try again; what has arrived stays there for a day.',
  })
}
