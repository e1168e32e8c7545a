/** Coding-independent code points (ITU-T H.273), by which PNG and AVIF name colour spaces. */
import {
  type Chromaticities,
  p3Primaries,
  rec709Primaries,
  type StoredColours,
  srgbToLinear,
} from '../stored-colours.ts'

const d65 = [0.3127, 0.329] as const
const c = [0.31, 0.316] as const
const smpte170m: Chromaticities = [[0.63, 0.34], [0.31, 0.595], [0.155, 0.07], d65]

const primaries: Partial<Record<number, Chromaticities>> = {
  1: rec709Primaries,
  4: [[0.67, 0.33], [0.21, 0.71], [0.14, 0.08], c],
  5: [[0.64, 0.33], [0.29, 0.6], [0.15, 0.06], d65],
  6: smpte170m,
  7: smpte170m,
  8: [[0.681, 0.319], [0.243, 0.692], [0.145, 0.049], c],
  9: [[0.708, 0.292], [0.17, 0.797], [0.131, 0.046], d65],
  11: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
    [0.314, 0.351],
  ],
  12: p3Primaries,
  22: [[0.63, 0.34], [0.295, 0.605], [0.155, 0.077], d65],
}

export const gamma = (exponent: number) => (level: number) => level ** exponent
const smpte240m = (level: number) => (level < 0.0912 ? level / 4 : ((level + 0.1115) / 1.1115) ** (1 / 0.45))

/** Not those of video, of which PNG and AVIF make different things. */
const transfers: Partial<Record<number, (level: number) => number>> = {
  4: gamma(2.2),
  5: gamma(2.8),
  7: smpte240m,
  8: (level) => level,
  13: srgbToLinear,
}

/** BT.709, BT.601, xvYCC, BT.2020 at 10 and at 12 bits. */
const videoTransfers = [1, 6, 11, 14, 15]
const hdr: Partial<Record<number, string>> = { 16: 'PQ', 18: 'HLG' }

/**
 * @param video what becomes of a value that is stored as on video
 * @returns null where the codes name nothing, or nothing known: the colours are taken as sRGB. A name where they are brighter
 * than white.
 */
export function coloursOfCodes(
  primaryCode: number,
  transferCode: number,
  video: (level: number) => number,
): StoredColours | { hdr: string } | null {
  const name = hdr[transferCode]
  if (name) return { hdr: name }
  const chromaticities = primaries[primaryCode]
  const toLinear = videoTransfers.includes(transferCode) ? video : transfers[transferCode]
  return chromaticities && toLinear ? { chromaticities, toLinear } : null
}
