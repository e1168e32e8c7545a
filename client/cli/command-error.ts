import { shortName } from '../capture/open/short-name.ts'

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

/** Why the system refused a file, in words. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  const reasons: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'operation not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of the path is a file',
    EISDIR: 'it is a folder',
    ENAMETOOLONG: 'the name is too long',
  }
  return reasons[code ?? ''] ?? shortName(message)
}
