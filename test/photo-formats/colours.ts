/** Colour spaces to store the picture in, by their definitions: what a file's chunk or profile names. */
import type { Picture } from './picture.ts'

export interface ColourSpace {
  /** x, y of red, green, blue and white. */
  chromaticities: readonly (readonly [number, number])[]
  /** Linear light 0..1 to stored value 0..1. */
  encode: (linear: number) => number
}

const d65 = [0.3127, 0.329] as const
const rec709 = [[0.64, 0.33], [0.3, 0.6], [0.15, 0.06], d65] as const
const p3 = [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06], d65] as const
const rec2020 = [[0.708, 0.292], [0.17, 0.797], [0.131, 0.046], d65] as const
const adobe = [[0.64, 0.33], [0.21, 0.71], [0.15, 0.06], d65] as const
const proPhoto = [
  [0.7347, 0.2653],
  [0.1596, 0.8404],
  [0.0366, 0.0001],
  [0.3457, 0.3585],
] as const

const srgbEncode = (linear: number) =>
  linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
export const srgbDecode = (level: number) =>
  level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4

export const spaces = {
  linear: { chromaticities: rec709, encode: (linear: number) => linear },
  gamma22: { chromaticities: rec709, encode: (linear: number) => linear ** (1 / 2.2) },
  gamma18: { chromaticities: rec709, encode: (linear: number) => linear ** (1 / 1.8) },
  displayP3: { chromaticities: p3, encode: srgbEncode },
  adobeRgb: { chromaticities: adobe, encode: (linear: number) => linear ** (256 / 563) },
  gamma24: { chromaticities: rec709, encode: (linear: number) => linear ** (1 / 2.4) },
  rec2020: { chromaticities: rec2020, encode: (linear: number) => linear ** (1 / 2.4) },
  proPhoto: { chromaticities: proPhoto, encode: (linear: number) => linear ** (1 / 1.8) },
} satisfies Record<string, ColourSpace>

/** The picture's values (0..255, not rounded) in another colour space. Alpha stays. */
export function storedIn(space: ColourSpace, of: Picture): Picture {
  const toXyz = adaptedToD50(rec709)
  const fromXyz = inverse(adaptedToD50(space.chromaticities))
  const data = of.data.slice()
  for (let i = 0; i < data.length; i += of.channels) {
    const linear = [0, 1, 2].map((channel) => srgbDecode(data[i + channel] / 255))
    const there = times(fromXyz, times(toXyz, linear))
    for (const channel of [0, 1, 2]) {
      data[i + channel] = 255 * space.encode(Math.min(1, Math.max(0, there[channel])))
    }
  }
  return { ...of, data }
}

/** A monitor profile (ICC version 2) of the colour space, with a curve of 1,024 points. */
export function iccProfile(space: ColourSpace, kind: 'RGB ' | 'GRAY' = 'RGB '): Uint8Array<ArrayBuffer> {
  const curve = curveTag(space)
  const adapted = adaptedToD50(space.chromaticities)
  const column = (c: number) => xyzTag([adapted[c], adapted[3 + c], adapted[6 + c]])
  const white = xyzTag([0.9642, 1, 0.8249])
  const tags: [string, Uint8Array][] = [
    ['desc', descriptionTag('Test')],
    ['cprt', textTag('None')],
    ['wtpt', white],
    ...(kind === 'GRAY'
      ? ([['kTRC', curve]] as [string, Uint8Array][])
      : ([
          ['rXYZ', column(0)],
          ['gXYZ', column(1)],
          ['bXYZ', column(2)],
          ['rTRC', curve],
          ['gTRC', curve],
          ['bTRC', curve],
        ] as [string, Uint8Array][])),
  ]
  const start = 128 + 4 + 12 * tags.length
  const bytes = new Uint8Array(start + tags.reduce((sum, [, tag]) => sum + tag.length, 0))
  const view = new DataView(bytes.buffer)
  const write = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at)
  view.setUint32(0, bytes.length)
  view.setUint32(8, 0x02100000)
  write(12, `mntr${kind}XYZ `)
  view.setUint16(24, 2026)
  view.setUint16(26, 1)
  view.setUint16(28, 1)
  write(36, 'acsp')
  for (const [i, value] of [0.9642, 1, 0.8249].entries()) view.setInt32(68 + 4 * i, fixed(value))
  view.setUint32(128, tags.length)
  let at = start
  for (const [i, [name, tag]] of tags.entries()) {
    write(132 + 12 * i, name)
    view.setUint32(136 + 12 * i, at)
    view.setUint32(140 + 12 * i, tag.length)
    bytes.set(tag, at)
    at += tag.length
  }
  return bytes
}

const fixed = (value: number) => Math.round(value * 65536)

function xyzTag(values: number[]): Uint8Array {
  const tag = new Uint8Array(20)
  tag.set(new TextEncoder().encode('XYZ '))
  for (const [i, value] of values.entries()) new DataView(tag.buffer).setInt32(8 + 4 * i, fixed(value))
  return tag
}

/** The inverse of `encode`, found by bisection: stored value to linear light. */
function curveTag({ encode }: ColourSpace): Uint8Array {
  const points = 1024
  const tag = new Uint8Array(12 + 2 * points)
  const view = new DataView(tag.buffer)
  tag.set(new TextEncoder().encode('curv'))
  view.setUint32(8, points)
  for (let i = 0; i < points; i++) {
    let [low, high] = [0, 1]
    for (let halving = 0; halving < 40; halving++) {
      const middle = (low + high) / 2
      if (encode(middle) < i / (points - 1)) low = middle
      else high = middle
    }
    view.setUint16(12 + 2 * i, Math.round(65535 * high))
  }
  return tag
}

function textTag(text: string): Uint8Array {
  return new TextEncoder().encode(`text\0\0\0\0${text.padEnd(7)}\0`)
}

function descriptionTag(text: string): Uint8Array {
  const tag = new Uint8Array(104)
  tag.set(new TextEncoder().encode(`desc\0\0\0\0\0\0\0${String.fromCharCode(text.length + 1)}${text}`))
  return tag
}

/** Profiles, and what two whites have in common, are seen under D50. */
const adaptedToD50 = (chromaticities: ColourSpace['chromaticities']) =>
  product(bradford(chromaticities[3]), primariesToXyz(chromaticities))

function primariesToXyz(chromaticities: readonly (readonly [number, number])[]): number[] {
  const [r, g, b, w] = chromaticities.map(([x, y]) => [x / y, 1, (1 - x - y) / y])
  const columns = [0, 1, 2].flatMap((row) => [r[row], g[row], b[row]])
  const scale = times(inverse(columns), w)
  return columns.map((value, i) => value * scale[i % 3])
}

function bradford([x, y]: readonly [number, number]): number[] {
  const cone = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296]
  const from = times(cone, [x / y, 1, (1 - x - y) / y])
  const to = times(cone, [0.9642, 1, 0.8249])
  const scale = [to[0] / from[0], 0, 0, 0, to[1] / from[1], 0, 0, 0, to[2] / from[2]]
  return product(inverse(cone), product(scale, cone))
}

const times = (m: number[], v: readonly number[]) =>
  [0, 3, 6].map((row) => m[row] * v[0] + m[row + 1] * v[1] + m[row + 2] * v[2])

const product = (a: number[], b: number[]) =>
  [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => [0, 1, 2].reduce((sum, k) => sum + a[3 * row + k] * b[3 * k + column], 0)),
  )

function inverse([a, b, c, d, e, f, g, h, i]: number[]): number[] {
  const cofactors = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
  const determinant = a * cofactors[0] + b * cofactors[3] + c * cofactors[6]
  return cofactors.map((value) => value / determinant)
}
