import type { PartName } from '../contract/parts.ts'

/** A part of a result that cannot be published: which one, what is wrong with it, what to do. */
export class ValidationError extends Error {
  readonly part: PartName
  /** For programs, e.g. `png-crc`. */
  readonly code: string
  /** What to do. */
  readonly hint: string

  constructor(part: PartName, code: string, message: string, hint: string) {
    super(message)
    this.name = 'ValidationError'
    this.part = part
    this.code = code
    this.hint = hint
  }
}
