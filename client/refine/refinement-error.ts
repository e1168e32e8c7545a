/** A run that cannot begin or go on. */
export class RefinementError extends Error {
  readonly code:
    | 'diverged'
    | 'garbled'
    | 'bad-numbers'
    | 'bad-weights'
    | 'bad-checkpoint'
    | 'no-backbone'
    | 'no-style'
  /** N x N x 3, 0..1: the last good texture; null where the run did not begin. */
  readonly texture: Float32Array | null
  /** The facts that the sentence names, so that it can be said in another language. */
  readonly details: Readonly<Record<string, string | number>>
  constructor(
    code: RefinementError['code'],
    message: string,
    texture: Float32Array | null = null,
    details: RefinementError['details'] = {},
  ) {
    super(message)
    this.details = details
    this.name = 'RefinementError'
    this.code = code
    this.texture = texture
  }
}
