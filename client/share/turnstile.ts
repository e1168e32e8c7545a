import { hc } from 'hono/client'
import type { Api } from '../../worker/api.ts'
import { type CheckMessage, openCheckChannel } from './check-message.ts'
import { shareErrorOf } from './errors.ts'
import { patientFetch } from './patient-fetch.ts'
import { withRetry } from './retry.ts'

/** Size of the window of the check, CSS pixels. */
const windowSize = 'popup,width=480,height=460'

/** Why there is no token: the browser kept the window from opening, or the person closed it. */
export class CheckError extends Error {
  readonly code: 'popup-blocked' | 'check-closed'

  constructor(code: CheckError['code'], message: string) {
    super(message)
    this.name = 'CheckError'
    this.code = code
  }
}

let asked: Promise<boolean> | undefined
/** The service's answer, where it is known already. */
let wanted: boolean | undefined

/**
 * Asks the service whether it wants a check before something is shared. Call it when sharing is offered: then
 * {@link humanCheck} can open its window at once, which browsers allow only as the answer to a click.
 *
 * @throws ShareError where the service does not answer
 */
export function prepareHumanCheck(): Promise<boolean> {
  asked ??= withRetry(async () => {
    const response = await hc<Api>(location.origin, { fetch: patientFetch() }).api.config.$get()
    if (response.status !== 200) throw await shareErrorOf(response as unknown as Response)
    const { turnstile } = await response.json()
    wanted = turnstile
    return turnstile
  })
  asked.catch(() => (asked = undefined))
  return asked
}

/**
 * Lets Turnstile ask whether a person is there, in a small window of this service's own: the page itself is cross-origin
 * isolated, where Turnstile's script does not run. Call it first in a click's handler, and give what it returns to
 * `shareResult`; a token is good once, for five minutes.
 *
 * @returns the token; undefined, without a window, where the service wants none
 * @throws CheckError `popup-blocked`: show a button that calls this again; `check-closed`: let the person try again
 * @throws ShareError where the service does not answer
 */
export async function humanCheck(signal?: AbortSignal): Promise<string | undefined> {
  // Without an await where the answer is known: the window must open within the click.
  if (wanted === undefined) await prepareHumanCheck()
  if (!wanted) return undefined
  signal?.throwIfAborted()
  const state = crypto.randomUUID()
  const answer = listen(state, signal)
  const { lang } = document.documentElement
  const popup = window.open(`/check?lang=${lang}#${state}`, '_blank', windowSize)
  if (!popup) {
    answer.cancel()
    throw new CheckError(
      'popup-blocked',
      'The browser blocked the window of the check. Open it with the button.',
    )
  }
  const token = await answer.token
  if (token) return token
  throw new CheckError('check-closed', 'The check was closed before it was done. Try again.')
}

/** Waits for what the window of this state says: over the channel, or directly where a widget's frame opened it. */
function listen(state: string, signal: AbortSignal | undefined) {
  const channel = openCheckChannel()
  const ended = new AbortController()
  const token = new Promise<string | undefined>((resolve, reject) => {
    const take = ({ origin, data }: MessageEvent<CheckMessage | undefined>) => {
      if (origin === location.origin && data?.state === state) resolve(data.token)
    }
    channel?.addEventListener('message', take, { signal: ended.signal })
    window.addEventListener('message', take, { signal: ended.signal })
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: ended.signal })
  })
  const cancel = () => {
    ended.abort()
    channel?.close()
  }
  return { token: token.finally(cancel), cancel }
}
