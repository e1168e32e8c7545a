import { limits } from '../limits.ts'
import { ValidationError } from './validation-error.ts'

export type Picture = 'preview.jpg' | 'photo.jpg'

/** Width and height in pixels. */
export interface PictureSize {
  width: number
  height: number
}

/** Tables, restart interval: what a picture needs besides its frame and scans. */
const tables = new Set([0xdb, 0xc4, 0xdd])
/** Baseline, extended and progressive frames. */
const frames = new Set([0xc0, 0xc1, 0xc2])
const [app0, soi, eoi, sos] = [0xe0, 0xd8, 0xd9, 0xda]
/** A JFIF header without a thumbnail. */
const jfifLength = 16

/**
 * Walks a JPEG's segments: one picture of an allowed size, nothing that could tell of its maker (EXIF, comments, colour
 * profiles, thumbnails), nothing after its end. Its scans are not decoded: damage inside them is found by the declared
 * sha256 alone.
 *
 * @returns its size, pixels
 * @throws ValidationError naming `part`
 */
export function checkJpeg(part: Picture, bytes: Uint8Array): PictureSize {
  if (bytes[0] !== 0xff || bytes[1] !== soi) throw refused(part, 'jpeg-signature', `${part} is no JPEG.`)
  let frame: PictureSize | undefined
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
    at += length
    if (marker === app0) judgeHeader(part, body, length)
    else if (frames.has(marker)) {
      if (frame) throw refused(part, 'jpeg-frames', `${part} holds more than one picture.`)
      frame = judgeFrame(part, body)
    } else if (marker === sos) {
      if (!frame) throw refused(part, 'jpeg-order', `${part} has a scan before its frame.`)
      const end = endOfScan(part, bytes, at)
      if (end === at) throw refused(part, 'jpeg-scan', `${part} has an empty scan.`)
      at = end
      scans++
    } else if (!tables.has(marker)) {
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
  if (at !== bytes.length) throw refused(part, 'jpeg-trailing', `${part} goes on after its end.`)
  return frame
}

function refused(
  part: Picture,
  code: string,
  message: string,
  hint = 'Make the picture again and send it.',
): ValidationError {
  return new ValidationError({ part, code, message, hint })
}

function judgeHeader(part: Picture, body: Uint8Array, length: number): void {
  const isJfif = String.fromCharCode(...body.subarray(0, 5)) === 'JFIF\0'
  if (isJfif && length === jfifLength) return
  throw refused(part, 'jpeg-segment', `${part} has an application segment that is no plain JFIF header.`)
}

function judgeFrame(part: Picture, body: Uint8Array): PictureSize {
  const { minPixels, maxPixels } = limits.parts[part]
  const [precision, heightHigh, heightLow, widthHigh, widthLow, components] = body
  const [height, width] = [(heightHigh << 8) | heightLow, (widthHigh << 8) | widthLow]
  if (body.length !== 6 + 3 * components || precision !== 8 || (components !== 1 && components !== 3)) {
    throw refused(part, 'jpeg-frame', `${part} must be an 8-bit grey or colour picture.`)
  }
  for (const side of [width, height]) {
    if (side >= minPixels && side <= maxPixels) continue
    const message = `${part} is ${width} x ${height} pixels; each side must be ${minPixels} to ${maxPixels}.`
    throw refused(part, 'jpeg-size', message)
  }
  return { width, height }
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
