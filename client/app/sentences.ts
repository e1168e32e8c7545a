import { texts } from './texts/index.ts'

/** Errors written for the person: their message is already one sentence that says what to do. */
const spoken = new Set([
  'CaptureError',
  'ModelError',
  'DeviceLostError',
  'RefinementError',
  'ShareError',
  'CheckError',
])

/**
 * One sentence for whatever went wrong, in the page's language where it has one for the error's code. Unforeseen errors
 * keep their message, so that they can be reported.
 */
export function sentence(error: unknown): string {
  const { byCode, unforeseen } = texts().errors
  if (!(error instanceof Error)) return unforeseen(String(error))
  if (!spoken.has(error.name)) return unforeseen(error.message.replace(/[.\s]+$/, ''))
  const { code = error.name === 'DeviceLostError' ? 'device-lost' : '', hint = '' } = error as Partial<Coded>
  return byCode[code] ?? `${error.message} ${hint}`.trim()
}

interface Coded {
  code: string
  hint: string
}
