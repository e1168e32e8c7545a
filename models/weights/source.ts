import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { UnusableFile } from './unusable.ts'

/** Bytes that are read where they are needed: most of a 550 MB file is a classifier that nobody wants. */
export interface ByteSource {
  size: number
  /**
   * @returns bytes of their own or a view of the source; not to be written to
   * @throws UnusableFile where the range leaves the source
   */
  read(start: number, length: number): Uint8Array
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  const size = bytes.length
  return {
    size,
    read: (start, length) => {
      assertInside(start, length, size)
      return bytes.subarray(start, start + length)
    },
  }
}

/**
 * A file of the disk, open until `close()`.
 *
 * @throws Error of node:fs; UnusableFile where the path is no plain file
 */
export function fileSource(path: string): ByteSource & { close(): void } {
  const file = openSync(path, 'r')
  const stat = fstatSync(file)
  const close = () => closeSync(file)
  if (!stat.isFile()) {
    close()
    throw new UnusableFile('is no plain file', 'give a weights file')
  }
  return {
    size: stat.size,
    close,
    read: (start, length) => {
      assertInside(start, length, stat.size)
      const bytes = new Uint8Array(length)
      for (let at = 0; at < length; ) {
        const count = readSync(file, bytes, at, length - at, start + at)
        if (count === 0) throw new UnusableFile('became shorter while it was read')
        at += count
      }
      return bytes
    },
  }
}

function assertInside(start: number, length: number, size: number): void {
  if (start >= 0 && length >= 0 && start + length <= size) return
  throw new UnusableFile(
    `is truncated or damaged (bytes ${start} to ${start + length} are wanted of ${size})`,
  )
}
