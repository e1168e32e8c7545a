import type { ZipWriterConstructorOptions } from '@zip.js/zip.js/lib/zip-core-native.js'

/** Its name in the archive, and what it holds. */
export type ZippedFile = readonly [path: string, content: Uint8Array | string]

/** The same files give the same archive: the oldest date that a zip can hold. */
const lastModDate = new Date(1980, 0, 1)

/**
 * Files in one zip archive, deflated.
 *
 * @param files in the order in which they lie in it; text becomes UTF-8
 */
export function zip(files: readonly ZippedFile[]): Promise<Uint8Array<ArrayBuffer>> {
  return write(files, {})
}

/**
 * The same as USDZ asks for it: nothing is packed, and each file's content begins at a multiple of 64 bytes, so that it can be
 * used in place.
 */
export function alignedZip(files: readonly ZippedFile[]): Promise<Uint8Array<ArrayBuffer>> {
  return write(files, { usdz: true, level: 0 })
}

async function write(
  files: readonly ZippedFile[],
  options: ZipWriterConstructorOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded when it is needed: who takes a GLB needs none of it.
  const { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } = await import(
    '@zip.js/zip.js/lib/zip-core-native.js'
  )
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    ...options,
    lastModDate,
    extendedTimestamp: false,
    // Sizes stand before each file, where readers of USDZ look for them.
    dataDescriptor: false,
    // It runs in a worker already, and in Node.
    useWebWorkers: false,
  })
  for (const [path, content] of files)
    await writer.add(
      path,
      typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content),
    )
  return (await writer.close()) as Uint8Array<ArrayBuffer>
}
