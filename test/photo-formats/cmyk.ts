/** Pictures of inks: as a TIFF, for an encoder that takes one, and a profile that says what they look like. */
import type { Picture } from './picture.ts'

/**
 * An uncompressed TIFF of four inks, 0 none to 255 full.
 * @param inks of one pixel, from its RGB
 */
export function cmykTiff(
  { width, height, data }: Picture,
  inks: (rgb: [number, number, number]) => [number, number, number, number],
): Buffer {
  const pixels = Buffer.from(
    Array.from({ length: width * height }, (_, i) => inks([data[3 * i], data[3 * i + 1], data[3 * i + 2]]))
      .flat()
      .map((ink) => Math.min(255, Math.max(0, Math.round(ink)))),
  )
  const [SHORT, LONG] = [3, 4]
  const entries: [number, number, number, number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 4, 8 + pixels.length],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 5],
    [273, LONG, 1, 8],
    [277, SHORT, 1, 4],
    [278, LONG, 1, height],
    [279, LONG, 1, pixels.length],
  ]
  const directory = Buffer.alloc(2 + 12 * entries.length + 4)
  directory.writeUInt16LE(entries.length, 0)
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    directory.writeUInt16LE(tag, 2 + 12 * i)
    directory.writeUInt16LE(type, 4 + 12 * i)
    directory.writeUInt32LE(count, 6 + 12 * i)
    directory.writeUInt32LE(value, 10 + 12 * i)
  }
  const head = Buffer.from('II*\0\0\0\0\0')
  const bits = Buffer.from([8, 0, 8, 0, 8, 0, 8, 0])
  head.writeUInt32LE(8 + pixels.length + bits.length, 4)
  return Buffer.concat([head, pixels, bits, directory])
}

/** What a printer without a profile is taken to do: each ink takes its light away, black all. */
export const plainInks = ([r, g, b]: [number, number, number]): [number, number, number, number] => [
  255 - r,
  255 - g,
  255 - b,
  0,
]

/** Luma and chroma of the inks, as Adobe's programs store them (YCCK), seen through {@link cmykTiff}'s encoder. */
export function adobeYcckInks(rgb: [number, number, number]): [number, number, number, number] {
  const [c, m, y] = plainInks(rgb)
  const luma = 0.299 * c + 0.587 * m + 0.114 * y
  return [255 - luma, 255 - (128 + 0.564 * (y - luma)), 255 - (128 + 0.713 * (c - luma)), 0]
}

/** A printer profile (ICC version 2) by which inks look as {@link plainInks} has it, under the given encoding of light. */
export function inkProfile(toLinear: (level: number) => number): Buffer {
  const steps = 9
  const head = Buffer.alloc(48)
  head.write('mft2', 0)
  head[8] = 4
  head[9] = 3
  head[10] = steps
  for (const i of [0, 4, 8]) head.writeInt32BE(65536, 12 + 4 * i)
  const tables = (channels: number) => Array.from({ length: channels }, () => [0, 65535]).flat()
  const lab: number[] = []
  for (let i = 0; i < steps ** 4; i++) {
    const inks = [3, 2, 1, 0].map((place) => (Math.floor(i / steps ** place) % steps) / (steps - 1))
    lab.push(...labOf(inks.slice(0, 3).map((ink) => toLinear((1 - ink) * (1 - inks[3])))))
  }
  const words = [2, 2, ...tables(4), ...lab, ...tables(3)]
  const body = Buffer.alloc(2 * words.length)
  for (const [i, word] of words.entries()) body.writeUInt16BE(word, 2 * i)
  const table = Buffer.concat([head, body])
  const start = 128 + 4 + 12
  const profile = Buffer.alloc(start + table.length)
  profile.writeUInt32BE(profile.length, 0)
  profile.writeUInt32BE(0x02100000, 8)
  profile.write('prtrCMYKLab ', 12)
  profile.write('acsp', 36)
  for (const [i, value] of [0.9642, 1, 0.8249].entries())
    profile.writeInt32BE(Math.round(65536 * value), 68 + 4 * i)
  profile.writeUInt32BE(1, 128)
  profile.write('A2B0', 132)
  profile.writeUInt32BE(start, 136)
  profile.writeUInt32BE(table.length, 140)
  table.copy(profile, start)
  return profile
}

/** Linear sRGB to CIE L*a*b* under D50, as a version 2 profile stores it. */
function labOf([r, g, b]: number[]): number[] {
  const [x, y, z] = [
    (0.43607 * r + 0.38515 * g + 0.14307 * b) / 0.9642,
    0.22249 * r + 0.71687 * g + 0.06061 * b,
    (0.01392 * r + 0.09708 * g + 0.7141 * b) / 0.8249,
  ].map((value) => (value > 216 / 24389 ? Math.cbrt(value) : (24389 / 27 / 116) * value + 16 / 116))
  const lab = [116 * y - 16, 500 * (x - y), 200 * (y - z)]
  return [(lab[0] / 100) * 65280, (lab[1] + 128) * 256, (lab[2] + 128) * 256].map((value) =>
    Math.min(65535, Math.max(0, Math.round(value))),
  )
}
