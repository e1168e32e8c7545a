/** Segments and marks of JPEG files that encoders do not write by themselves. */

export function segment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** Segments put behind the file's first marker. */
export const withSegments = (jpeg: Uint8Array, segments: readonly Uint8Array[]) =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

/** A colour profile, split over segments as long ones are. */
export function profileSegments(profile: Uint8Array, pieces: number): Buffer[] {
  const length = Math.ceil(profile.length / pieces)
  return Array.from({ length: pieces }, (_, i) =>
    segment(
      0xe2,
      Buffer.concat([
        Buffer.from('ICC_PROFILE\0'),
        Buffer.from([i + 1, pieces]),
        profile.subarray(i * length, (i + 1) * length),
      ]),
    ),
  )
}

export const exifSegment = (tiff: Uint8Array) => segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff]))

/** The metadata of a camera: an orientation, and with a thumbnail a second directory that may say another one. */
export function exif(
  orientation: number,
  { thumbnail, littleEndian = false }: { thumbnail?: Uint8Array; littleEndian?: boolean } = {},
): Buffer {
  const uint16 = (value: number) =>
    Buffer.from(littleEndian ? [value & 255, value >> 8] : [value >> 8, value & 255])
  const uint32 = (value: number) =>
    Buffer.concat(
      littleEndian
        ? [uint16(value & 0xffff), uint16(value >>> 16)]
        : [uint16(value >>> 16), uint16(value & 0xffff)],
    )
  const SHORT = 3
  const LONG = 4
  const entry = (tag: number, type: number, value: number) =>
    Buffer.concat([
      uint16(tag),
      uint16(type),
      uint32(1),
      type === LONG ? uint32(value) : Buffer.concat([uint16(value), uint16(0)]),
    ])
  const head = Buffer.concat([Buffer.from(littleEndian ? 'II' : 'MM'), uint16(42), uint32(8)])
  const first = [uint16(1), entry(0x112, SHORT, orientation)]
  if (!thumbnail) return Buffer.concat([head, ...first, uint32(0)])
  const second = 8 + 2 + 12 + 4
  const entries = 4
  const picture = second + 2 + 12 * entries + 4
  return Buffer.concat([
    head,
    ...first,
    uint32(second),
    uint16(entries),
    entry(0x103, SHORT, 6),
    entry(0x112, SHORT, 1),
    entry(0x201, LONG, picture),
    entry(0x202, LONG, thumbnail.length),
    uint32(0),
    thumbnail,
  ])
}
