import { crc32 } from '../../worker/validation/crc32.ts'

/** A whole number from 0 to below a limit. */
export type Roll = (below: number) => number

/** Chance that is the same for the same seed; neighbouring seeds have nothing in common. */
export function dice(seed: number): Roll {
  let state = Math.imul(seed + 1, 0x9e3779b1)
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export const oneOf = <T>(roll: Roll, things: readonly T[]): T => things[roll(things.length)]

/** Bytes and words at which parsers' bounds lie. */
const edges = [0, 1, 2, 4, 0x20, 0x7f, 0x80, 0xfe, 0xff]
const words = [0, 1, 2, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff, 1e9]

/**
 * A copy of bytes with one to five wounds: bits, bytes and numbers changed, cut short, something put in, taken out or moved.
 *
 * @param near how many of the first bytes are hit as often as all others together: headers stand there
 */
export function damaged(bytes: Uint8Array, roll: Roll, near = bytes.length): Uint8Array<ArrayBuffer> {
  let hurt = new Uint8Array(bytes)
  for (let wounds = 1 + roll(5); wounds > 0 && hurt.length > 0; wounds--) {
    const at = roll(roll(2) ? Math.min(near, hurt.length) : hurt.length)
    const some = 1 + roll(40)
    const kind = roll(8)
    if (kind === 0) hurt[at] = roll(256)
    else if (kind === 1) hurt[at] ^= 1 << roll(8)
    else if (kind === 2) hurt[at] = oneOf(roll, edges)
    else if (kind === 3 && at + 4 <= hurt.length)
      new DataView(hurt.buffer).setUint32(at, oneOf(roll, words), roll(2) === 0)
    else if (kind === 4 && roll(2)) hurt = hurt.slice(0, at)
    else if (kind === 5)
      hurt = spliced(
        hurt,
        at,
        0,
        Uint8Array.from({ length: some }, () => roll(256)),
      )
    else if (kind === 6) hurt = spliced(hurt, at, some)
    else hurt.copyWithin(at, roll(hurt.length), roll(hurt.length) + some)
  }
  return hurt
}

function spliced(
  bytes: Uint8Array,
  at: number,
  out: number,
  put = new Uint8Array(),
): Uint8Array<ArrayBuffer> {
  const end = Math.min(bytes.length, at + out)
  const changed = new Uint8Array(at + put.length + bytes.length - end)
  changed.set(bytes.subarray(0, at))
  changed.set(put, at)
  changed.set(bytes.subarray(end), at + put.length)
  return changed
}

/** A PNG whose chunks have right check sums, as far as they can be walked: damage that the first check does not find. */
export function withRightSums(png: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(png.buffer)
  for (let at = 8; at + 12 <= png.length; ) {
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > png.length) break
    view.setUint32(end, crc32(png.subarray(at + 4, end)))
    at = end + 4
  }
  return png
}

/** A GLB whose header tells its length. */
export function withRightLength(glb: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (glb.length >= 12) new DataView(glb.buffer).setUint32(8, glb.length, true)
  return glb
}

/** Names that mean something to JavaScript, and some that mean nothing. */
const names = ['__proto__', 'constructor', 'prototype', 'toString', 'length', 'then', 'x', '']
const strangeTexts = [
  '',
  ' ',
  '\0',
  '\u202e',
  '\ud800',
  '\udc00x',
  'é'.repeat(30),
  'x'.repeat(3000),
  '<script>',
  '1e999',
  'NaN',
]
const strangeNumbers = [
  0,
  -0,
  -1,
  0.5,
  1e-308,
  1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 - 1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
]

/** Anything that JSON can hold, and what it cannot becomes null. */
export function anyValue(roll: Roll, depth = 0): unknown {
  switch (roll(depth > 3 ? 6 : 9)) {
    case 0:
      return null
    case 1:
      return roll(2) === 0
    case 2:
    case 3:
      return oneOf(roll, strangeNumbers)
    case 4:
    case 5:
      return oneOf(roll, strangeTexts)
    case 6:
      return Array.from({ length: roll(5) }, () => anyValue(roll, depth + 1))
    case 7:
      return {}
    default:
      return anyObject(roll, names, depth)
  }
}

/** An object with some of these names, of anything. */
export function anyObject(roll: Roll, among: readonly string[], depth = 0): Record<string, unknown> {
  const chosen = [...among, ...names].filter(() => roll(2) === 0)
  return fromEntries(chosen.map((name) => [name, anyValue(roll, depth + 1)]))
}

/** As JSON.parse makes it: `__proto__` is a name like all others. */
function fromEntries(entries: [string, unknown][]): Record<string, unknown> {
  const object = {}
  for (const [name, value] of entries)
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  return object
}

/** A copy of JSON data with one to three values put in the place of others, added or taken out, anywhere. */
export function damagedValue<T>(value: T, roll: Roll): T {
  const copy = structuredClone(value)
  const holders: Record<string, unknown>[] = []
  const collect = (inner: unknown) => {
    if (typeof inner !== 'object' || inner === null) return
    holders.push(inner as Record<string, unknown>)
    for (const each of Object.values(inner)) collect(each)
  }
  collect(copy)
  for (let wounds = 1 + roll(3); wounds > 0; wounds--) {
    const holder = oneOf(roll, holders)
    const keys = Object.keys(holder)
    const named = keys.length > 0 && roll(6) ? oneOf(roll, keys) : oneOf(roll, names)
    // A list's own length is none of JSON's.
    const key = Array.isArray(holder) && named === 'length' ? 'x' : named
    const kind = roll(8)
    if (kind === 0) delete holder[key]
    else {
      const put = kind < 3 ? holder[oneOf(roll, keys)] : kind < 5 ? roll(300) : anyValue(roll)
      Object.defineProperty(holder, key, {
        ...{ value: put, enumerable: true, configurable: true, writable: true },
      })
    }
  }
  return copy
}
