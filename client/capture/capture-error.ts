/** A failure the person can act on: one sentence that says what was found and what to do. */
export class CaptureError extends Error {
  readonly code:
    | 'not-an-image'
    | 'empty'
    | 'heic'
    | 'unread-format'
    | 'damaged'
    | 'unreadable'
    | 'too-large'
    | 'too-small'
    | 'no-face'
    | 'part-of-face'
    | 'little-shown'
    | 'bad-mesh'
    | 'bad-mask'
    | 'bad-numbers'
  /** The facts that the sentence names, for a sentence in another language. */
  readonly details: Readonly<Record<string, string | number>>
  constructor(code: CaptureError['code'], message: string, details: CaptureError['details'] = {}) {
    super(message)
    this.name = 'CaptureError'
    this.code = code
    this.details = details
  }
}
