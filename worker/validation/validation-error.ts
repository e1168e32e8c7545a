import type { PartName } from '../contract/parts.ts'

/** What is wrong with a part of a result. */
export interface Refusal {
  part: PartName
  /** For programs, e.g. `png-crc`. */
  code: string
  /** What was found. */
  message: string
  /** What to do. */
  hint: string
}

/** A part of a result that cannot be published: which one, what is wrong with it, what to do. */
export class ValidationError extends Error implements Refusal {
  readonly part: PartName
  readonly code: string
  readonly hint: string

  constructor({ part, code, message, hint }: Refusal) {
    super(message)
    this.name = 'ValidationError'
    this.part = part
    this.code = code
    this.hint = hint
  }
}
