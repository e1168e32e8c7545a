/** One range of a `Range` header, before the file's length is known. */
export type ByteRange = { first: number; last?: number } | { suffix: number }

/**
 * Reads a `Range` header with a single range (RFC 9110, 14.2). Anything else, several ranges included, is ignored, as
 * the RFC allows: the answer is then the whole file.
 *
 * @example parseByteRange('bytes=0-99') // -> { first: 0, last: 99 }
 * @example parseByteRange('bytes=-500') // -> { suffix: 500 }
 */
export function parseByteRange(header: string | undefined): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '') ?? []
  if (first) {
    if (last && Number(last) < Number(first)) return undefined
    return last ? { first: Number(first), last: Number(last) } : { first: Number(first) }
  }
  return last ? { suffix: Number(last) } : undefined
}

/**
 * The bytes that a range means in a file of `size` bytes.
 *
 * @returns undefined where the file has none of them (416)
 * @example resolveByteRange({ suffix: 10 }, 100) // -> { offset: 90, length: 10 }
 */
export function resolveByteRange(
  range: ByteRange,
  size: number,
): { offset: number; length: number } | undefined {
  const offset = 'suffix' in range ? Math.max(0, size - range.suffix) : range.first
  const end = 'suffix' in range ? size : Math.min(size, (range.last ?? size - 1) + 1)
  return end > offset ? { offset, length: end - offset } : undefined
}
