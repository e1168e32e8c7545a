import { own } from './own.ts'
import { type Details, texts } from './texts/index.ts'

/** Errors written for the person: their message is already one sentence that says what to do. */
const spoken = new Set([
  'CaptureError',
  'ModelError',
  'DeviceLostError',
  'RefinementError',
  'ShareError',
  'CheckError',
  'WorkerError',
])

/**
 * One sentence for whatever went wrong, in the page's language where it has one for the error's code. Unforeseen errors
 * keep their message, so that they can be reported.
 */
export function sentence(error: unknown): string {
  const { byCode, refused, unforeseen } = texts().errors
  if (!(error instanceof Error)) return unforeseen(String(error))
  if (!spoken.has(error.name)) return unforeseen(error.message.replace(/[.\s]+$/, ''))
  const { hint = '', details = {} } = error as Partial<Told>
  const code = codeOf(error) ?? ''
  const known = own(byCode, code)
  if (!known && error.name === 'ShareError' && refused) return refused(code, details)
  if (!known) return `${error.message} ${hint}`.trim()
  return typeof known === 'string' ? known : known(details)
}

/** What went wrong, in one word; null where it was not foreseen. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !spoken.has(error.name)) return null
  return (error as Partial<Told>).code ?? (error.name === 'DeviceLostError' ? 'device-lost' : null)
}

interface Told {
  code: string
  hint: string
  details: Details
}
