import type { PartName } from '../contract/parts.ts'
import { crc32 } from './crc32.ts'
import { inflateExactly } from './inflate.ts'
import { ValidationError } from './validation-error.ts'

export interface DecodedPng {
  /** Pixels from top to bottom. */
  size: number
  channels: 3 | 4
  /** size x (aspect * size) x channels, row-major, as stored (sRGB-encoded). */
  pixels: Uint8Array
}

/** What an image may be. */
export interface PngRules {
  channels: 3 | 4
  /** How many times as wide as high. Default: 1. */
  aspect?: 1 | 2
  /** Of its height, pixels. */
  minSize: number
  maxSize: number
  /** The height must be a multiple of this. */
  multiple: number
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
/** PNG's colour type for 8-bit RGB and RGBA. */
const colourTypes = { 3: 2, 4: 6 } as const
/** The last of PNG's five filters. */
const paethFilter = 4
/** Encoders write pieces of 8 kB or more: 2,048 of the largest texture. */
const mostPieces = 4096
/** What a zlib stream may take more than the bytes in it: those of encoders that store what does not shrink take 0.1 %. */
const longestStream = (length: number) => 1.01 * length + 1024

/**
 * Decodes an 8-bit PNG, square or of another aspect that is asked for, and refuses everything that the client does not write: other layouts, interlacing, metadata
 * (all chunks but IHDR, sRGB, IDAT and IEND), bytes after the end. Sizes are judged before anything is inflated.
 *
 * @throws ValidationError naming `part`
 */
export function decodePng(part: PartName, bytes: Uint8Array, rules: PngRules): DecodedPng {
  const { size, filtered } = readPng(part, bytes, rules)
  return { size, channels: rules.channels, pixels: unfilter(filtered, size, rules.channels) }
}

/**
 * Refuses what {@link decodePng} does, at less than half of its CPU: of an image whose pixels nobody asks for.
 *
 * @throws ValidationError naming `part`
 */
export function checkPng(part: PartName, bytes: Uint8Array, rules: PngRules): void {
  readPng(part, bytes, rules)
}

/** An image's rows, each its filter and its filtered bytes, and how many they are. */
interface FilteredPng {
  size: number
  filtered: Uint8Array
}

function readPng(part: PartName, bytes: Uint8Array, rules: PngRules): FilteredPng {
  const { header, data } = readChunks(part, bytes)
  const size = judgeHeader(part, header, rules)
  const { channels, aspect = 1 } = rules
  const rowBytes = 1 + aspect * size * channels
  const filtered = inflate(part, data, rowBytes * size)
  for (let from = 0; from < filtered.length; from += rowBytes) {
    if (filtered[from] <= paethFilter) continue
    throw refused(part, 'png-filter', `A row of ${part} has the unknown filter ${filtered[from]}.`)
  }
  return { size, filtered }
}

function inflate(part: PartName, data: readonly Uint8Array[], length: number): Uint8Array {
  const packed = data.reduce((sum, piece) => sum + piece.length, 0)
  if (packed > longestStream(length)) {
    throw refused(part, 'png-data', `The image data of ${part} takes ${packed} bytes for ${length} bytes.`)
  }
  try {
    return inflateExactly(data, length)
  } catch (error) {
    throw refused(part, 'png-data', `The image data of ${part} ${(error as Error).message}.`)
  }
}

function refused(part: PartName, code: string, message: string, hint = 'Make the file again and send it.') {
  return new ValidationError({ part, code, message, hint })
}

/** Walks the chunks. @returns IHDR's 13 bytes and the pieces of the zlib stream */
function readChunks(part: PartName, bytes: Uint8Array): { header: DataView; data: Uint8Array[] } {
  if (signature.some((byte, i) => bytes[i] !== byte))
    throw refused(part, 'png-signature', `${part} is no PNG.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const data: Uint8Array[] = []
  let last: string | undefined
  let header: DataView | undefined
  for (let at = signature.length; ; ) {
    if (at + 12 > bytes.length) throw refused(part, 'png-truncated', `${part} ends in the middle of a chunk.`)
    const length = view.getUint32(at)
    const end = at + 12 + length
    if (end > bytes.length) throw refused(part, 'png-truncated', `${part} ends in the middle of a chunk.`)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    const body = bytes.subarray(at + 8, at + 8 + length)
    judgeOrder(part, type, last)
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(end - 4)) {
      throw refused(part, 'png-crc', `The chunk ${type} of ${part} is damaged: its check sum differs.`)
    }
    if (type === 'IHDR') header = new DataView(body.buffer, body.byteOffset, body.byteLength)
    if (type === 'sRGB' && (length !== 1 || body[0] > 3))
      throw refused(part, 'png-srgb', `${part} has a wrong sRGB chunk.`)
    if (type === 'IDAT' && data.push(body) > mostPieces)
      throw refused(part, 'png-pieces', `The image data of ${part} are in more than ${mostPieces} pieces.`)
    last = type
    at = end
    if (type !== 'IEND') continue
    if (length > 0 || at !== bytes.length)
      throw refused(part, 'png-trailing', `${part} goes on after its end.`)
    return { header: header!, data }
  }
}

/** IHDR, then perhaps sRGB, then IDAT without a gap, then IEND: the only chunks, in this order. */
function judgeOrder(part: PartName, type: string, last: string | undefined): void {
  const allowed: Record<string, boolean> = {
    IHDR: last === undefined,
    sRGB: last === 'IHDR',
    IDAT: last === 'IHDR' || last === 'sRGB' || last === 'IDAT',
    IEND: last === 'IDAT',
  }
  if (allowed[type]) return
  const name = /^[A-Za-z]{4}$/.test(type) ? type : 'unnamed'
  throw refused(
    part,
    'png-chunk',
    `${part} has the chunk ${name} where none of its kind may stand.`,
    'Keep IHDR, sRGB, IDAT and IEND alone: metadata can tell who and where you are.',
  )
}

/** @returns the height, pixels */
function judgeHeader(part: PartName, header: DataView, { channels, aspect = 1, ...rules }: PngRules): number {
  if (header.byteLength !== 13) throw refused(part, 'png-header', `${part} has a header of a wrong length.`)
  const [width, height] = [header.getUint32(0), header.getUint32(4)]
  const { minSize, maxSize, multiple } = rules
  if (width !== aspect * height || height < minSize || height > maxSize || height % multiple !== 0) {
    const shape = aspect === 1 ? 'square' : `${aspect} times as wide as high`
    const wanted =
      minSize === maxSize
        ? `${minSize} x ${minSize}`
        : `${shape}, ${minSize} to ${maxSize} pixels high in steps of ${multiple}`
    throw refused(part, 'png-size', `${part} is ${width} x ${height} pixels; it must be ${wanted}.`)
  }
  const layout = [8, 9, 10, 11, 12].map((at) => header.getUint8(at))
  if (layout.join() !== [8, colourTypes[channels], 0, 0, 0].join()) {
    const kind = channels === 3 ? 'RGB' : 'RGBA'
    throw refused(part, 'png-layout', `${part} must be 8-bit ${kind} without interlacing.`)
  }
  return height
}

/** Undoes the filters of PNG section 9. */
function unfilter(filtered: Uint8Array, size: number, channels: number): Uint8Array {
  const stride = filtered.length / size - 1
  const pixels = new Uint8Array(stride * size)
  let up: Uint8Array = new Uint8Array(stride)
  for (let y = 0; y < size; y++) {
    const from = y * (stride + 1)
    const row = pixels.subarray(y * stride, (y + 1) * stride)
    row.set(filtered.subarray(from + 1, from + 1 + stride))
    const filter = filtered[from]
    if (filter === 1) for (let i = channels; i < stride; i++) row[i] += row[i - channels]
    else if (filter === 2) for (let i = 0; i < stride; i++) row[i] += up[i]
    else if (filter === 3) {
      for (let i = 0; i < channels; i++) row[i] += up[i] >> 1
      for (let i = channels; i < stride; i++) row[i] += (row[i - channels] + up[i]) >> 1
    } else if (filter === paethFilter) {
      for (let i = 0; i < channels; i++) row[i] += up[i]
      for (let i = channels; i < stride; i++) row[i] += paeth(row[i - channels], up[i], up[i - channels])
    }
    up = row
  }
  return pixels
}

/**
 * Of left, above and upper left the one nearest to left + above - upper left; the first of those that are equally near. Without
 * a branch, which on photos is mispredicted so often that the image would take a third longer.
 */
function paeth(a: number, b: number, c: number): number {
  const toA = magnitude(b - c)
  const toB = magnitude(a - c)
  const toC = magnitude(a + b - 2 * c)
  const aOrB = chosen(a, b, (toB - toA) >> 31)
  return chosen(aOrB, c, (toC - chosen(toA, toB, (toB - toA) >> 31)) >> 31)
}

const magnitude = (x: number) => (x ^ (x >> 31)) - (x >> 31)

/** The first where the mask is 0, the second where it is -1. */
const chosen = (first: number, second: number, mask: number) => first ^ ((first ^ second) & mask)
