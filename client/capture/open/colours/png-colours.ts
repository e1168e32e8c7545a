import { inflateSync } from 'node:zlib'
import { type Chromaticities, rec709Primaries, type StoredColours } from '../stored-colours.ts'
import { coloursOfCodes, gamma } from './cicp.ts'
import { iccProfile } from './icc-profile.ts'

/**
 * The colours that a PNG's chunks name, as browsers take them: cICP before a profile, a profile before sRGB, sRGB before
 * gAMA with cHRM. A profile (iCCP) is left to the decoder.
 *
 * @param png the whole file
 * @returns null where they are sRGB, or a profile's
 */
export function pngColours(png: Uint8Array): StoredColours | { hdr: string } | null {
  const chunks = chunksBeforePixels(png)
  const cicp = chunks.get('cICP')
  // Full range and RGB: what PNG allows.
  if (cicp?.byteLength === 4 && cicp.getUint8(2) === 0 && cicp.getUint8(3) === 1) {
    // Shown as on a television (BT.1886), as the PNG specification says.
    const colours = coloursOfCodes(cicp.getUint8(0), cicp.getUint8(1), gamma(2.4))
    if (colours) return colours
  }
  const profile = pngProfile(png)
  if ((profile && iccProfile(profile)) || chunks.has('sRGB')) return null
  const encodingGamma = (chunks.get('gAMA')?.getUint32(0) ?? 0) / 100_000
  const cHRM = chunks.get('cHRM')
  const chromaticities = cHRM ? chromaticitiesOf(cHRM) : rec709Primaries
  if (encodingGamma === 0 || !chromaticities) return null
  // About 1 / 2.2 alone is how sRGB was marked before there was a chunk for it.
  if (!cHRM && Math.abs(2.2 * encodingGamma - 1) <= insignificant) return null
  return { chromaticities, toLinear: gamma(1 / encodingGamma) }
}

/** Of a gamma: what libpng and browsers pass over. */
const insignificant = 0.05

/** The profile of a PNG, even one for colours in a grey picture, which the decoder passes over; null where there is none. */
export function pngProfile(png: Uint8Array): Uint8Array | null {
  const chunk = chunksBeforePixels(png).get('iCCP')
  if (!chunk) return null
  const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  try {
    // Behind the profile's name, its end and the method of compression.
    return inflateSync(bytes.subarray(bytes.indexOf(0) + 2), { maxOutputLength: largestProfile })
  } catch {
    return null
  }
}

const largestProfile = 4 * 1024 * 1024

const colourChunks = ['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']

/** Those that name colours; a file may have a million of others. */
function chunksBeforePixels(png: Uint8Array): Map<string, DataView> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks = new Map<string, DataView>()
  for (let at = 8; at + 8 <= png.length; ) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8))
    if (name === 'IDAT' || at + 12 + length > png.length) break
    // Of two the first counts.
    if (colourChunks.includes(name) && !chunks.has(name))
      chunks.set(name, new DataView(png.buffer, png.byteOffset + at + 8, length))
    at += 12 + length
  }
  return chunks
}

/** cHRM has white first. */
function chromaticitiesOf(chunk: DataView): Chromaticities | null {
  if (chunk.byteLength !== 32) return null
  const point = (i: number) => [chunk.getUint32(8 * i) / 1e5, chunk.getUint32(8 * i + 4) / 1e5] as const
  const points = [point(1), point(2), point(3), point(0)] as const
  return points.every(([, y]) => y > 0) ? points : null
}
