/** As much of a colour profile (ICC.1) as the decoder needs to be told. */

/** What a profile says of itself. */
export interface IccProfile {
  /** `RGB `, `GRAY`, `CMYK` ... */
  space: string
  /** Can colours be converted by it? */
  isWhole: boolean
  /** Stored grey 0..1 to linear light 0..1; null where it has no such curve. */
  grey: ((level: number) => number) | null
}

/** Reads a whole colour profile. @returns null where the bytes are no profile, or one cut short */
export function iccProfile(bytes: Uint8Array): IccProfile | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4))
  if (bytes.length < 132 || text(36) !== 'acsp') return null
  const tags = new Map<string, DataView>()
  for (let i = 0, at = 132; i < view.getUint32(128) && at + 12 <= bytes.length; i++, at += 12) {
    const [start, length] = [view.getUint32(at + 4), view.getUint32(at + 8)]
    if (start + length > bytes.length) return null
    tags.set(text(at), new DataView(bytes.buffer, bytes.byteOffset + start, length))
  }
  const matrix = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC']
  const isWhole = [['A2B0'], ['kTRC'], matrix].some((needed) => needed.every((tag) => tags.has(tag)))
  // The three curves of an RGB profile are alike on greys.
  const curve = tags.get('kTRC') ?? tags.get('gTRC')
  return { space: text(16), isWhole, grey: curve ? toneCurve(curve) : null }
}

/** null where it is no curve. */
function toneCurve(tag: DataView): ((level: number) => number) | null {
  try {
    const type = tag.getUint32(0)
    if (type === curv) return sampled(tag)
    if (type === para) return parametric(tag)
    return null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const curv = 0x63757276
const para = 0x70617261

/** No entries: linear; one: a gamma with 8 bits behind the point; more: a table. */
function sampled(tag: DataView): (level: number) => number {
  const count = tag.getUint32(8)
  if (count === 0) return (level) => level
  if (count === 1) {
    const exponent = tag.getUint16(12) / 256
    return (level) => level ** exponent
  }
  if (12 + 2 * count > tag.byteLength) throw new RangeError('The curve ends beyond its profile.')
  const table = Float64Array.from({ length: count }, (_, i) => tag.getUint16(12 + 2 * i) / 65535)
  return (level) => {
    const below = Math.min(count - 2, Math.floor(level * (count - 1)))
    const share = level * (count - 1) - below
    return table[below] * (1 - share) + table[below + 1] * share
  }
}

/** `(a x + b) ^ g + e` from d on, below `c x + f`: the types leave out all but the first one, three, four, five and seven. */
function parametric(tag: DataView): ((level: number) => number) | null {
  const counts = [1, 3, 4, 5, 7]
  const type = tag.getUint16(8)
  if (!counts[type]) return null
  const [g, a = 1, b = 0, ...rest] = Array.from(
    { length: counts[type] },
    (_, i) => tag.getInt32(12 + 4 * i) / 65536,
  )
  // Types 1 and 2 begin at -b / a and have a constant below.
  const [c, d, e, f] =
    type <= 2 ? [0, -b / a, rest[0] ?? 0, rest[0] ?? 0] : [rest[0], rest[1], rest[2] ?? 0, rest[3] ?? 0]
  return (level) => (level >= d ? (a * level + b) ** g + e : c * level + f)
}
