import { limits } from '../limits.ts'
import { JpegTables, TableFault } from './jpeg-tables.ts'
import { ValidationError } from './validation-error.ts'

export type Picture = 'preview.jpg' | 'photo.jpg'

/** Width and height in pixels. */
export interface PictureSize {
  width: number
  height: number
}

/** Baseline, extended and progressive frames. */
const frames = new Set([0xc0, 0xc1, 0xc2])
const progressiveFrame = 0xc2
const [app0, soi, eoi, sos, dqt, dht, dri] = [0xe0, 0xd8, 0xd9, 0xda, 0xdb, 0xc4, 0xdd]
/** A JFIF header without a thumbnail. */
const jfifLength = 16
/** Encoders of progressive pictures write some ten; each costs whoever shows the picture a pass over it. */
const mostScans = 32

/** What is known of a picture while its segments are walked. */
interface Frame extends PictureSize {
  progressive: boolean
  /** Of its components by their ids: which divisors they have. */
  divisors: Map<number, number>
}

/**
 * Walks a JPEG's segments: one picture of an allowed size, nothing that could tell of its maker (EXIF, comments, colour
 * profiles, thumbnails, tables that no scan uses), nothing after its end. Its scans are not decoded: damage inside them is found
 * by the declared sha256 alone.
 *
 * @returns its size, pixels
 * @throws ValidationError naming `part`
 */
export function checkJpeg(part: Picture, bytes: Uint8Array): PictureSize {
  if (bytes[0] !== 0xff || bytes[1] !== soi) throw refused(part, 'jpeg-signature', `${part} is no JPEG.`)
  const tables = new JpegTables()
  let frame: Frame | undefined
  let scans = 0
  let at = 2
  for (;;) {
    // Any number of fill bytes may stand before a marker.
    if (bytes[at] !== 0xff) throw refused(part, 'jpeg-marker', `${part} has bytes between its segments.`)
    while (bytes[at] === 0xff) at++
    const marker = bytes[at++]
    if (marker === undefined) throw refused(part, 'jpeg-truncated', `${part} ends before its end marker.`)
    if (marker === eoi) break
    if (at + 2 > bytes.length)
      throw refused(part, 'jpeg-truncated', `${part} ends in the middle of a segment.`)
    const length = (bytes[at] << 8) | bytes[at + 1]
    const body = bytes.subarray(at + 2, at + length)
    if (length < 2 || at + length > bytes.length) {
      throw refused(part, 'jpeg-truncated', `${part} ends in the middle of a segment.`)
    }
    const isFirst = at === 4
    at += length
    if (marker === app0) judgeHeader(part, body, isFirst)
    else if (frames.has(marker)) {
      if (frame) throw refused(part, 'jpeg-frames', `${part} holds more than one picture.`)
      frame = judgeFrame(part, body, marker === progressiveFrame)
    } else if (marker === sos) {
      if (!frame) throw refused(part, 'jpeg-order', `${part} has a scan before its frame.`)
      if (++scans > mostScans) throw refused(part, 'jpeg-scan', `${part} has more than ${mostScans} scans.`)
      judgeTables(part, () => judgeScan(part, body, frame!, tables))
      const end = endOfScan(part, bytes, at)
      if (end === at) throw refused(part, 'jpeg-scan', `${part} has an empty scan.`)
      at = end
    } else if (marker === dqt) judgeTables(part, () => tables.defineDivisors(body))
    else if (marker === dht) judgeTables(part, () => tables.defineCodes(body, frame?.progressive ?? true))
    else if (marker === dri) judgeTables(part, () => tables.defineRestart(body))
    else {
      const name = `FF${marker.toString(16).toUpperCase().padStart(2, '0')}`
      throw refused(
        part,
        'jpeg-segment',
        `${part} has a segment ${name}, which may hold metadata.`,
        'Write the image anew without EXIF, comments and colour profiles: they can tell who and where you are.',
      )
    }
  }
  if (!frame || scans === 0) throw refused(part, 'jpeg-scan', `${part} holds no picture.`)
  judgeTables(part, () => tables.assertUsed())
  if (at !== bytes.length) throw refused(part, 'jpeg-trailing', `${part} goes on after its end.`)
  return { width: frame.width, height: frame.height }
}

/** What {@link JpegTables} says of a table becomes what is said of the part. */
function judgeTables(part: Picture, judge: () => void): void {
  try {
    judge()
  } catch (error) {
    throw error instanceof TableFault ? refused(part, 'jpeg-tables', `${part} ${error.message}.`) : error
  }
}

function refused(
  part: Picture,
  code: string,
  message: string,
  hint = 'Make the picture again and send it.',
): ValidationError {
  return new ValidationError({ part, code, message, hint })
}

function judgeHeader(part: Picture, body: Uint8Array, isFirst: boolean): void {
  const isJfif = String.fromCharCode(...body.subarray(0, 5)) === 'JFIF\0'
  const [version, thumbnail] = [body[5], body[12] || body[13]]
  if (isFirst && isJfif && body.length === jfifLength - 2 && version === 1 && !thumbnail) return
  throw refused(part, 'jpeg-segment', `${part} has an application segment that is no plain JFIF header.`)
}

function judgeFrame(part: Picture, body: Uint8Array, progressive: boolean): Frame {
  const { minPixels, maxPixels } = limits.parts[part]
  const [precision, heightHigh, heightLow, widthHigh, widthLow, components] = body
  const [height, width] = [(heightHigh << 8) | heightLow, (widthHigh << 8) | widthLow]
  const divisors = new Map<number, number>()
  let areSampled = true
  for (let at = 6; at + 3 <= body.length; at += 3) {
    const [across, down] = [body[at + 1] >> 4, body[at + 1] & 15]
    areSampled &&= across >= 1 && across <= 4 && down >= 1 && down <= 4 && body[at + 2] <= 3
    divisors.set(body[at], body[at + 2])
  }
  const isGreyOrColour = (components === 1 || components === 3) && divisors.size === components
  if (body.length !== 6 + 3 * components || precision !== 8 || !isGreyOrColour || !areSampled) {
    throw refused(part, 'jpeg-frame', `${part} must be an 8-bit grey or colour picture.`)
  }
  for (const side of [width, height]) {
    if (side >= minPixels && side <= maxPixels) continue
    const message = `${part} is ${width} x ${height} pixels; each side must be ${minPixels} to ${maxPixels}.`
    throw refused(part, 'jpeg-size', message)
  }
  return { width, height, progressive, divisors }
}

/** The header of a scan (T.81, B.2.3), and what it uses of the tables. */
function judgeScan(
  part: Picture,
  body: Uint8Array,
  { progressive, divisors }: Frame,
  tables: JpegTables,
): void {
  const components = body[0]
  const wrong = () => refused(part, 'jpeg-scan', `${part} has a scan whose header is wrong.`)
  if (body.length !== 4 + 2 * components || components < 1 || components > 3) throw wrong()
  const [first, last, bits] = body.subarray(1 + 2 * components)
  const isWhole = first === 0 && last === 63 && bits === 0
  const isStep = first <= last && last <= 63 && (first > 0 || last === 0) && (first === 0 || components === 1)
  if (progressive ? !isStep : !isWhole) throw wrong()
  // The first pass over these coefficients has bits to come before it; a first coefficient that is refined needs no codes.
  const isRefined = bits >> 4 > 0
  for (let at = 1; at < 1 + 2 * components; at += 2) {
    const component = divisors.get(body[at])
    if (component === undefined) throw wrong()
    tables.useDivisors(component)
    if (first === 0 && !isRefined) tables.useCodes('DC', body[at + 1] >> 4)
    if (last > 0) tables.useCodes('AC', body[at + 1] & 15)
  }
  tables.useRestart()
}

/** Where entropy-coded data ends: at a marker that is neither a stuffed byte nor a restart. */
function endOfScan(part: Picture, bytes: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    at = bytes.indexOf(0xff, at)
    if (at < 0 || at + 1 >= bytes.length)
      throw refused(part, 'jpeg-truncated', `${part} ends in the middle of a scan.`)
    const next = bytes[at + 1]
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
}
