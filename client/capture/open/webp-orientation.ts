/** The EXIF orientation of a WebP, which some browsers apply and some do not. */

const orientationTag = 0x0112

/**
 * Takes the orientation out of a file.
 *
 * @param webp the whole file; stays as it is
 * @returns `orientation` 1..8, and a file that says 1, so that no browser turns the picture
 */
export function takeWebpOrientation(webp: Uint8Array<ArrayBuffer>): {
  orientation: number
  unturned: Uint8Array<ArrayBuffer>
} {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength)
  const [at, littleEndian] = orientationAt(webp, view) ?? []
  if (at === undefined) return { orientation: 1, unturned: webp }
  const orientation = view.getUint16(at, littleEndian)
  if (orientation < 2 || orientation > 8) return { orientation: 1, unturned: webp }
  const unturned = webp.slice()
  new DataView(unturned.buffer).setUint16(at, 1, littleEndian)
  return { orientation, unturned }
}

/** Where the value lies, and in which order of bytes; null where there is none. */
function orientationAt(webp: Uint8Array, view: DataView): [number, boolean] | null {
  const text = (at: number, length: number) => String.fromCharCode(...webp.subarray(at, at + length))
  let chunk = 12
  while (chunk + 8 <= webp.length && text(chunk, 4) !== 'EXIF') {
    const length = view.getUint32(chunk + 4, true)
    chunk += 8 + length + (length % 2)
  }
  // A TIFF header, with or without the prefix that it has in a JPEG.
  const tiff = chunk + 8 + (text(chunk + 8, 4) === 'Exif' ? 6 : 0)
  if (tiff + 8 > webp.length) return null
  const littleEndian = text(tiff, 2) === 'II'
  const directory = tiff + view.getUint32(tiff + 4, littleEndian)
  if (directory + 2 > webp.length) return null
  const entries = view.getUint16(directory, littleEndian)
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i
    if (entry + 12 > webp.length) return null
    if (view.getUint16(entry, littleEndian) === orientationTag) return [entry + 8, littleEndian]
  }
  return null
}
