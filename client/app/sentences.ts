/** Errors written for the person: their message is already one sentence that says what to do. */
const spoken = new Set(['CaptureError', 'ModelError', 'DeviceLostError', 'RefinementError'])

/** One sentence for whatever went wrong. Unforeseen errors keep their message, so that they can be reported. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error))
    return `Something unforeseen went wrong (${String(error)}): please try again.`
  if (spoken.has(error.name)) return error.message
  return `Something unforeseen went wrong (${error.message.replace(/[.\s]+$/, '')}): please try again.`
}
