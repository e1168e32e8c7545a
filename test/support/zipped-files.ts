import { inflateRawSync } from 'node:zlib'

export interface ZippedFile {
  path: string
  /** Where its content begins in the archive, bytes. */
  start: number
  isPacked: boolean
  content: Uint8Array
}

/** The files of a zip archive as they lie in it, read from the headers before them (APPNOTE 4.3.7). */
export function zippedFiles(zip: Uint8Array): ZippedFile[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.length)
  const files: ZippedFile[] = []
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const method = view.getUint16(at + 8, true)
    const bytes = view.getUint32(at + 18, true)
    const pathEnd = at + 30 + view.getUint16(at + 26, true)
    const start = pathEnd + view.getUint16(at + 28, true)
    const stored = zip.subarray(start, start + bytes)
    files.push({
      path: new TextDecoder().decode(zip.subarray(at + 30, pathEnd)),
      start,
      isPacked: method !== 0,
      content: method === 0 ? stored : inflateRawSync(stored),
    })
    at = start + bytes
  }
  return files
}

/** Their contents by path. */
export const contentsOf = (zip: Uint8Array): Record<string, Uint8Array> =>
  Object.fromEntries(zippedFiles(zip).map(({ path, content }) => [path, content]))
