import { type StoredColours, srgbToLinear } from '../stored-colours.ts'
import { coloursOfCodes } from './cicp.ts'

/**
 * The colours that an AVIF's `colr` property names by codes, as browsers read them. A profile is left to the decoder.
 *
 * @param avif the whole file
 * @returns null where there are no codes, or they mean sRGB
 */
export function avifColours(avif: Uint8Array): StoredColours | { hdr: string } | null {
  const view = new DataView(avif.buffer, avif.byteOffset, avif.byteLength)
  try {
    for (const property of propertiesOfPicture(view)) {
      // `colr`, `nclx`, primaries, transfer function, matrix, range.
      if (property.name !== 'colr' || nameAt(view, property.start) !== 'nclx') continue
      const [primaries, transfer] = [view.getUint16(property.start + 4), view.getUint16(property.start + 6)]
      return primaries === 1 && transfer === 13 ? null : coloursOfCodes(primaries, transfer, srgbToLinear)
    }
    return null
  } catch (error) {
    // Boxes end beyond the file: the decoder will say what is wrong with it.
    if (error instanceof RangeError) return null
    throw error
  }
}

interface Box {
  name: string
  /** Of its contents. */
  start: number
  end: number
}

/** Of the primary item: other items are thumbnails, gain maps or tiles. */
function propertiesOfPicture(view: DataView): Box[] {
  const meta = find(boxes(view, 0, view.byteLength), 'meta')
  // `meta`, `pitm` and `ipma` begin with a version and flags.
  const inMeta = meta ? boxes(view, meta.start + 4, meta.end) : []
  const pitm = find(inMeta, 'pitm')
  const iprp = find(inMeta, 'iprp')
  const inIprp = iprp ? boxes(view, iprp.start, iprp.end) : []
  const [ipco, ipma] = [find(inIprp, 'ipco'), find(inIprp, 'ipma')]
  if (!pitm || !ipco || !ipma) return []
  const short = view.getUint8(pitm.start) === 0
  const primary = short ? view.getUint16(pitm.start + 4) : view.getUint32(pitm.start + 4)
  const properties = boxes(view, ipco.start, ipco.end)
  return associated(view, ipma, primary)
    .map((index) => properties[index - 1])
    .filter(Boolean)
}

/** One-based indices into `ipco`. */
function associated(view: DataView, ipma: Box, item: number): number[] {
  const [version, wide] = [view.getUint8(ipma.start), (view.getUint8(ipma.start + 3) & 1) === 1]
  const items = view.getUint32(ipma.start + 4)
  let at = ipma.start + 8
  for (let i = 0; i < items; i++) {
    const id = version === 0 ? view.getUint16(at) : view.getUint32(at)
    at += version === 0 ? 2 : 4
    const count = view.getUint8(at++)
    const indices = Array.from({ length: count }, (_, k) =>
      wide ? view.getUint16(at + 2 * k) & 0x7fff : view.getUint8(at + k) & 0x7f,
    )
    if (id === item) return indices
    at += count * (wide ? 2 : 1)
  }
  return []
}

const find = (among: Box[], name: string) => among.find((box) => box.name === name)

/** Many times what a picture's file has of any kind; one of eight bytes each would fill the memory. */
const mostBoxes = 1000

function boxes(view: DataView, from: number, to: number): Box[] {
  const found: Box[] = []
  for (let at = from; at + 8 <= to && found.length < mostBoxes; ) {
    const [length, large] = [view.getUint32(at), view.getUint32(at) === 1]
    const size = large ? Number(view.getBigUint64(at + 8)) : length || to - at
    if (size < 8) break
    found.push({ name: nameAt(view, at + 4), start: at + (large ? 16 : 8), end: Math.min(to, at + size) })
    at += size
  }
  return found
}

const nameAt = (view: DataView, at: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))
