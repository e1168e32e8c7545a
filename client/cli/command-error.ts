/** A failure the person at the terminal can act on: one sentence, and the exit code it ends the command with. */
export class CommandError extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode = 1) {
    super(message)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

/** The command line itself is wrong: exit code 2, as is the custom. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, 2)
    this.name = 'UsageError'
  }
}
