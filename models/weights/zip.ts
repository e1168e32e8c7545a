import {
  configure,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_EOCDR_NOT_FOUND,
  ERR_INVALID_CRC32,
  type FileEntry,
  Reader,
  Writer,
  ZipReader,
} from '@zip.js/zip.js'
import type { ByteSource } from './source.ts'
import { UnusableFile } from './unusable.ts'

configure({ useWebWorkers: false })

/** Deflate makes at most so many bytes of one. */
const mostExpansion = 1032
/** Far more than the directory of an archive of some dozen files takes. */
const mostDirectoryBytes = 2 ** 24

/**
 * The files of a zip archive by name. Only the directory at the archive's end is read.
 *
 * @throws UnusableFile where the archive is truncated, damaged, encrypted or absurdly large
 */
export async function zipEntries(source: ByteSource): Promise<Map<string, FileEntry>> {
  const entries = new Map<string, FileEntry>()
  for (const entry of await directory(source)) {
    if (entry.directory) continue
    const { filename, encrypted } = entry
    if (encrypted) throw damaged(`${filename} in it is encrypted`)
    if (entries.has(filename)) throw damaged(`it holds ${filename} twice`)
    entries.set(filename, entry)
  }
  return entries
}

/**
 * One file of the archive, held to its size and CRC-32.
 *
 * @param mostBytes a larger file is refused before anything of it is unpacked
 */
export async function readZipEntry(entry: FileEntry, mostBytes: number): Promise<Uint8Array> {
  const { filename, uncompressedSize: bytes, compressionMethod: method } = entry
  if (bytes > mostBytes) throw damaged(`${filename} in it claims ${bytes} bytes, more than ${mostBytes}`)
  if (bytes > mostExpansion * entry.compressedSize)
    throw damaged(`${filename} in it claims ${bytes} bytes out of ${entry.compressedSize}`)
  if (method !== 0 && method !== 8) {
    throw damaged(`${filename} in it is packed by method ${method}, not stored or deflated`)
  }
  try {
    return await entry.getData(new BytesOfLength(bytes), { checkSignature: true })
  } catch (error) {
    if (error instanceof UnusableFile) throw error
    const { message } = error as Error
    if (message === ERR_INVALID_CRC32) throw damaged(`${filename} in it fails its checksum`)
    throw damaged(`${filename} in it can't be unpacked into its ${bytes} bytes: ${message}`)
  }
}

async function directory(source: ByteSource) {
  try {
    return await new ZipReader(new SourceReader(source)).getEntries()
  } catch (error) {
    if (error instanceof UnusableFile) throw error
    const { message } = error as Error
    if (message === ERR_EOCDR_NOT_FOUND) {
      throw new UnusableFile(
        'is a truncated zip archive (its directory, which belongs at its end, is missing)',
      )
    }
    if (message === ERR_CENTRAL_DIRECTORY_NOT_FOUND) throw damaged('its directory breaks off')
    throw damaged(message)
  }
}

class SourceReader extends Reader<ByteSource> {
  readonly #source: ByteSource
  constructor(source: ByteSource) {
    super(source)
    this.#source = source
    this.size = source.size
  }
  override async readUint8Array(start: number, length: number): Promise<Uint8Array> {
    if (length > mostDirectoryBytes) throw damaged(`its directory claims ${length} bytes`)
    return this.#source.read(start, Math.min(length, this.size - start))
  }
}

/** Takes what is unpacked, and no byte more than was announced. */
class BytesOfLength extends Writer<Uint8Array> {
  readonly #bytes: Uint8Array
  #at = 0
  constructor(length: number) {
    super()
    this.#bytes = new Uint8Array(length)
  }
  override async writeUint8Array(chunk: Uint8Array): Promise<void> {
    if (this.#at + chunk.length > this.#bytes.length) throw new Error('it is longer')
    this.#bytes.set(chunk, this.#at)
    this.#at += chunk.length
  }
  override async getData(): Promise<Uint8Array> {
    if (this.#at < this.#bytes.length) throw new Error('it is shorter')
    return this.#bytes
  }
}

function damaged(what: string): UnusableFile {
  return new UnusableFile(`is a zip archive that can't be used (${what})`)
}
