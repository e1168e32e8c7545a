import type { ErrorBody } from '../../worker/contract/contract.ts'
import type { PartName } from '../../worker/contract/parts.ts'

/** What the service answered instead of what was asked, or that it did not answer. */
export class ShareError extends Error {
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  /** For programs, e.g. `wrong-hash`. */
  readonly code: string
  /** What to do. */
  readonly hint: string
  /** The part of the result that it is about. */
  readonly part?: PartName
  /** Seconds that the service asks to wait. */
  readonly retryAfter?: number
  /** The facts that the sentence names, so that it can be said in another language. */
  readonly details: Readonly<Record<string, string | number>>

  constructor(status: number, error: ErrorBody['error'], retryAfter?: number) {
    super(error.message)
    this.name = 'ShareError'
    this.status = status
    this.code = error.code
    this.hint = error.hint
    this.part = error.part
    this.retryAfter = retryAfter
    this.details = {
      ...(status > 0 && { status }),
      ...(error.part && { part: error.part }),
      ...(retryAfter !== undefined && { seconds: retryAfter }),
    }
  }
}

/** Reads the service's error shape; whatever else stands between answers in its own. */
export async function shareErrorOf(response: Response): Promise<ShareError> {
  const body = (await response.json().catch(() => undefined)) as Partial<ErrorBody> | undefined
  const error = body?.error ?? {
    code: 'no-service',
    message: `The service answered ${response.status}.`,
    hint: 'Try again in a moment.',
  }
  return new ShareError(response.status, error, Number(response.headers.get('retry-after')) || undefined)
}
