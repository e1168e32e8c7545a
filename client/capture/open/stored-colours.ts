/** Colours that are stored in another space than sRGB: by their primaries and how a stored value becomes light. */

export interface StoredColours {
  chromaticities: Chromaticities
  /** Stored value 0..1 to linear light 0..1. */
  toLinear(level: number): number
}

/** x and y of red, green, blue and white. */
export type Chromaticities = readonly [Point, Point, Point, Point]
type Point = readonly [number, number]

const d65: Point = [0.3127, 0.329]
export const rec709Primaries: Chromaticities = [[0.64, 0.33], [0.3, 0.6], [0.15, 0.06], d65]
export const p3Primaries: Chromaticities = [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06], d65]

export const srgbToLinear = (level: number) =>
  level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4
const linearToSrgb = (light: number) =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055

export const displayP3: StoredColours = { chromaticities: p3Primaries, toLinear: srgbToLinear }

/** So many steps that the darkest of 8-bit levels stay apart. */
const steps = 65535
let encoded: Uint8ClampedArray | null = null

/**
 * Converts stored colours to sRGB, relative colorimetric: white stays white, what sRGB has no colour for is clipped.
 *
 * @param rgba n x 4, 8 or 16 bits
 * @returns n x 4, sRGB-encoded, 0..255
 */
export function toSrgb(
  rgba: Uint8Array | Uint8ClampedArray | Uint16Array,
  { chromaticities, toLinear }: StoredColours,
): Uint8ClampedArray<ArrayBuffer> {
  encoded ??= Uint8ClampedArray.from({ length: steps + 1 }, (_, i) => 255 * linearToSrgb(i / steps))
  const white = rgba instanceof Uint16Array ? 65535 : 255
  const light = Float32Array.from({ length: white + 1 }, (_, level) => steps * toLinear(level / white))
  const [rr, rg, rb, gr, gg, gb, br, bg, bb] = product(inverse(toD50(rec709Primaries)), toD50(chromaticities))
  const out = new Uint8ClampedArray(rgba.length)
  const encode = (value: number) => encoded![Math.min(steps, Math.max(0, Math.round(value)))]
  for (let i = 0; i < rgba.length; i += 4) {
    const [r, g, b] = [light[rgba[i]], light[rgba[i + 1]], light[rgba[i + 2]]]
    out[i] = encode(rr * r + rg * g + rb * b)
    out[i + 1] = encode(gr * r + gg * g + gb * b)
    out[i + 2] = encode(br * r + bg * g + bb * b)
    out[i + 3] = (255 * rgba[i + 3]) / white
  }
  return out
}

/** 3 x 3, row-major: linear RGB to XYZ under D50 (Bradford's adaptation), as in colour profiles. */
function toD50(chromaticities: Chromaticities): number[] {
  const [r, g, b, white] = chromaticities.map(([x, y]) => [x / y, 1, (1 - x - y) / y])
  const primaries = [0, 1, 2].flatMap((row) => [r[row], g[row], b[row]])
  const amounts = times(inverse(primaries), white)
  const toXyz = primaries.map((value, i) => value * amounts[i % 3])
  const [from, to] = [times(bradford, white), times(bradford, d50)]
  const gains = [to[0] / from[0], 0, 0, 0, to[1] / from[1], 0, 0, 0, to[2] / from[2]]
  return product(product(inverse(bradford), product(gains, bradford)), toXyz)
}

const d50 = [0.9642, 1, 0.8249]
const bradford = [0.8951, 0.2664, -0.1614, -0.7502, 1.7135, 0.0367, 0.0389, -0.0685, 1.0296]

const times = (m: number[], [x, y, z]: number[]) =>
  [0, 3, 6].map((row) => m[row] * x + m[row + 1] * y + m[row + 2] * z)

const product = (m: number[], n: number[]) =>
  m.map((_, i) => {
    const [row, column] = [i - (i % 3), i % 3]
    return m[row] * n[column] + m[row + 1] * n[3 + column] + m[row + 2] * n[6 + column]
  })

function inverse([a, b, c, d, e, f, g, h, i]: number[]): number[] {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g]
  const determinant = a * A + b * B + c * C
  const adjugate = [
    A,
    c * h - b * i,
    b * f - c * e,
    B,
    a * i - c * g,
    c * d - a * f,
    C,
    b * g - a * h,
    a * e - b * d,
  ]
  return adjugate.map((value) => value / determinant)
}
