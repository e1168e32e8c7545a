/** Hair of polygons, as the model files `<style>.bin` hold it: how it sits on the mean head. */

/** Each has a file `<style>.bin` and a texture `<style>-texture.bin`. */
export const hairStyles = [
  'afro01',
  'bob01',
  'bob02',
  'braid01',
  'long01',
  'ponytail01',
  'short01',
  'short02',
  'short03',
  'short04',
] as const
export type HairStyleName = (typeof hairStyles)[number]

/** Strips of hair, each seen from both sides. */
export interface HairStyle {
  /** V x 3, centimetres, in the frame of the canonical face. Along seams of the layout there are two vertices at one place. */
  positions: Float32Array
  /** V x 2 in 0..1, origin top-left. */
  uv: Float32Array
  /** V, 0..1: how much of the sky past hair and head each vertex sees, by which it is lit. */
  openness: Float32Array
  /** T x 3 */
  triangles: Uint32Array
}

/** Centimetres of one step of a stored position: it reaches to 65 cm. */
export const positionStep = 0.002
/** Stored UVs count from 0 to this: an eighth of a texel. */
export const uvSteps = 4095
/** Stored openness counts from 0 to this. */
export const opennessSteps = 255
/** V and T come first. */
const counts = 2

/**
 * Reads a model file: V and T (two bytes without sign, the less significant first, as all but openness); positions (steps of
 * 0.002 cm), UVs (4,095 is 1), triangles; openness (one byte each, 255 is 1). Positions and UVs lie channel by channel, all x
 * first, and of each list all but its first number are stored as differences from the one before, modulo 65,536: that packs
 * to two thirds.
 *
 * @throws Error where it is not such a file
 */
export function readHairStyle(bytes: Uint8Array): HairStyle {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [vertices, triangles] = [0, 2].map((at) =>
    bytes.length > 3 ? numbers.getUint16(at, true) : Number.NaN,
  )
  const expected = 2 * (counts + 5 * vertices + 3 * triangles) + vertices
  // Too short for its counts: the expected size is no number.
  if (bytes.length !== expected) {
    throw new Error(
      `The hair's model file was expected to have ${expected} bytes and has ${bytes.length}: load it again.`,
    )
  }
  let at = 2 * counts
  /** Running sums, in rows of one value a channel. */
  const next = (rows: number, channels: number) => {
    const list = new Uint16Array(rows * channels)
    for (let c = 0, sum = 0; c < channels; c++, sum = 0)
      for (let i = c; i < list.length; i += channels, at += 2) {
        sum += numbers.getUint16(at, true)
        list[i] = sum
      }
    return list
  }
  return {
    positions: Float32Array.from(new Int16Array(next(vertices, 3).buffer), (step) => positionStep * step),
    uv: Float32Array.from(next(vertices, 2), (step) => step / uvSteps),
    triangles: Uint32Array.from(next(3 * triangles, 1)),
    openness: Float32Array.from(bytes.subarray(at), (step) => step / opennessSteps),
  }
}
