import { crc32, inflateRawSync } from 'node:zlib'
import type { ByteSource } from './source.ts'
import { UnusableFile } from './unusable.ts'

/** A file of a zip archive, as the archive's directory describes it. */
export interface ZipEntry {
  name: string
  /** 0: stored, 8: deflated. */
  method: number
  crc: number
  packedBytes: number
  bytes: number
  /** Where its header begins. */
  header: number
}

const signatures = {
  file: 0x04034b50,
  entry: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator: 0x07064b50,
}
/** The fixed part of the end record, and the longest comment that may follow it. */
const endBytes = 22
const commentBytes = 65535
const mostDirectoryBytes = 2 ** 24

/**
 * The files of a zip archive by name. Only the directory at the archive's end is read.
 *
 * @throws UnusableFile where the archive is truncated, damaged, encrypted or absurdly large
 */
export function zipEntries(source: ByteSource): Map<string, ZipEntry> {
  const { start, bytes, count } = findDirectory(source)
  if (bytes > mostDirectoryBytes) throw damaged(`its directory claims ${bytes} bytes`)
  const directory = viewOf(source.read(start, bytes))
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes || directory.getUint32(at, true) !== signatures.entry) {
      throw damaged(`its directory breaks off at file ${i + 1} of ${count}`)
    }
    const [nameBytes, extraBytes, ownCommentBytes] = [28, 30, 32].map((k) =>
      directory.getUint16(at + k, true),
    )
    const end = at + 46 + nameBytes + extraBytes + ownCommentBytes
    if (end > bytes) throw damaged(`its directory breaks off at file ${i + 1} of ${count}`)
    const name = new TextDecoder().decode(subview(directory, at + 46, nameBytes))
    if (directory.getUint16(at + 8, true) & 1) throw damaged(`${name} in it is encrypted`)
    if (entries.has(name)) throw damaged(`it holds ${name} twice`)
    const extra = viewOf(subview(directory, at + 46 + nameBytes, extraBytes))
    const fields = [24, 20, 42].map((k) => directory.getUint32(at + k, true))
    const [unpacked, packedBytes, header] = widen(fields, extra)
    entries.set(name, {
      name,
      method: directory.getUint16(at + 10, true),
      crc: directory.getUint32(at + 16, true),
      packedBytes,
      bytes: unpacked,
      header,
    })
    at = end
  }
  return entries
}

/**
 * One file of the archive, held to its size and CRC-32.
 *
 * @param mostBytes a larger file is refused before anything of it is unpacked
 */
export function readZipEntry(source: ByteSource, entry: ZipEntry, mostBytes: number): Uint8Array {
  const { name, method, bytes, packedBytes } = entry
  if (bytes > mostBytes) throw damaged(`${name} in it claims ${bytes} bytes, more than ${mostBytes}`)
  // Deflate makes nothing longer than five bytes a block.
  if (packedBytes > bytes + bytes / 1000 + 64 || (method === 0 && packedBytes !== bytes)) {
    throw damaged(`${name} in it claims ${bytes} bytes, packed into ${packedBytes}`)
  }
  const header = viewOf(source.read(entry.header, 30))
  if (header.getUint32(0, true) !== signatures.file) throw damaged(`${name} in it is not where it should be`)
  const start = entry.header + 30 + header.getUint16(26, true) + header.getUint16(28, true)
  const packed = source.read(start, packedBytes)
  const data = method === 0 ? packed : inflate(packed, entry)
  if (data.length !== bytes || crc32(data) !== entry.crc) throw damaged(`${name} in it fails its checksum`)
  return data
}

function inflate(packed: Uint8Array, { name, method, bytes }: ZipEntry): Uint8Array {
  if (method !== 8) throw damaged(`${name} in it is packed by method ${method}, not stored or deflated`)
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) })
  } catch {
    throw damaged(`${name} in it can't be unpacked into its ${bytes} bytes`)
  }
}

function findDirectory(source: ByteSource): { start: number; bytes: number; count: number } {
  const tailBytes = Math.min(source.size, endBytes + commentBytes)
  const tailStart = source.size - tailBytes
  const tail = viewOf(source.read(tailStart, tailBytes))
  let at = tailBytes - endBytes
  while (at >= 0 && tail.getUint32(at, true) !== signatures.end) at--
  if (at < 0) {
    throw new UnusableFile('is a truncated zip archive (its directory, which belongs at its end, is missing)')
  }
  const locator = tailStart + at - 20
  if (locator >= 0) {
    const found = viewOf(source.read(locator, 20))
    if (found.getUint32(0, true) === signatures.locator) {
      const end64 = viewOf(source.read(wide(found, 8), 56))
      if (end64.getUint32(0, true) !== signatures.end64) throw damaged('its end is not where it should be')
      return { count: wide(end64, 32), bytes: wide(end64, 40), start: wide(end64, 48) }
    }
  }
  const [bytes, start] = [12, 16].map((k) => tail.getUint32(at + k, true))
  return { count: tail.getUint16(at + 10, true), bytes, start }
}

/** Replaces fields that say 0xffffffff by their 64-bit values, which an extra field of kind 1 holds in order. */
function widen(fields: number[], extra: DataView): number[] {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue
    let next = at + 4
    return fields.map((field) => {
      if (field !== 0xffffffff) return field
      if (next + 8 > extra.byteLength) throw damaged('a size in its directory is missing')
      next += 8
      return wide(extra, next - 8)
    })
  }
  return fields
}

const wide = (view: DataView, at: number) => Number(view.getBigUint64(at, true))
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const subview = (view: DataView, at: number, length: number) =>
  new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset + at, length)

function damaged(what: string): UnusableFile {
  return new UnusableFile(`is a zip archive that can't be used (${what})`)
}
