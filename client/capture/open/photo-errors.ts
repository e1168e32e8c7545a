/** What may be wrong with an image file, in sentences that the page, the terminal and the library share. */

import { CaptureError } from '../capture-error.ts'
import { formatNames, type ImageFormat } from './image-header.ts'

/** Decoded, a photo takes four bytes a pixel in each of a few copies. The largest phone photos have 50 megapixels. */
export const maxMegapixels = 64

/** @param label the file's name as it stands in a sentence */
export function emptyFile(label: string): CaptureError {
  return new CaptureError('empty', `${label} is empty (0 bytes): copy or download the original file again.`, {
    file: label,
  })
}

/** @param reader `this browser` or `this program` */
export function unreadFormat(label: string, format: ImageFormat, reader: string): CaptureError {
  const kind = formatNames[format]
  return format === 'heic'
    ? new CaptureError(
        'heic',
        `${label} is a HEIC photo, which ${reader} can't read: save it as JPEG and choose that.`,
        { file: label },
      )
    : new CaptureError(
        'unread-format',
        `${label} is a ${kind} file, which ${reader} can't read: save it as JPEG or PNG and choose that.`,
        { file: label, kind },
      )
}

/** @param reason what the decoder says, if anything */
export function damagedFile(label: string, reason?: string): CaptureError {
  const why = reason ? ` (${reason})` : ''
  return new CaptureError(
    'damaged',
    `${label} is damaged or cut off${why}: copy or download the original file again.`,
    { file: label },
  )
}

/** @throws CaptureError `too-large` where there are more than {@link maxMegapixels} */
export function refuseTooLarge(label: string, width: number, height: number): void {
  const megapixels = (width * height) / 1e6
  if (megapixels <= maxMegapixels) return
  const count = moreThan(megapixels, maxMegapixels)
  throw new CaptureError(
    'too-large',
    `${label} has ${width} x ${height} pixels, ${count} megapixels, more than the ${maxMegapixels} that are taken: choose a smaller copy; a face 1,000 pixels tall is plenty.`,
    { file: label, width, height, megapixels: count, most: maxMegapixels },
  )
}

/** With as many digits as show that it exceeds the limit: 100, but 64.2 and 64.008. */
function moreThan(value: number, limit: number): string {
  let digits = 0
  while (Number(value.toFixed(digits)) <= limit) digits++
  return value.toFixed(digits)
}
