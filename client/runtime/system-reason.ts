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
  // What follows the first comma repeats the call and the path.
  return reasons[code ?? ''] ?? message.split(', ')[0]
}
