/**
 * A JPEG without what may tell of its maker: EXIF, comments, colour profiles, thumbnails. Only a JFIF header without a
 * thumbnail stays. The pixels are not touched, so that they must be upright sRGB already.
 *
 * @returns the same bytes where they are no JPEG whose segments can be walked: the service says what is wrong with them
 */
export function plainJpeg(jpeg: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const [SOI, SOS, APP0, APP15, COM] = [0xd8, 0xda, 0xe0, 0xef, 0xfe]
  if (jpeg[0] !== 0xff || jpeg[1] !== SOI) return jpeg
  const kept: Uint8Array<ArrayBuffer>[] = [jpeg.subarray(0, 2)]
  let at = 2
  while (at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== SOS) {
    const marker = jpeg[at + 1]
    const end = at + 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3])
    const segment = jpeg.subarray(at, end)
    const metadata = (marker >= APP0 && marker <= APP15) || marker === COM
    if (!metadata || isJfif(segment)) kept.push(segment)
    at = end
  }
  if (jpeg[at] !== 0xff || jpeg[at + 1] !== SOS) return jpeg
  // From the first scan on there is picture alone.
  kept.push(jpeg.subarray(at))
  const whole = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0))
  let filled = 0
  for (const piece of kept) {
    whole.set(piece, filled)
    filled += piece.length
  }
  return whole
}

/** `FF E0`, a length of 16, `JFIF\0`. */
function isJfif(segment: Uint8Array): boolean {
  return (
    segment.length === 18 &&
    segment[1] === 0xe0 &&
    String.fromCharCode(...segment.subarray(4, 9)) === 'JFIF\0'
  )
}
