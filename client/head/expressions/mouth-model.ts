/** Teeth, gums and tongue of the mean head, as the model file `mouth.bin` holds them. */

/** What a vertex is of. */
export const mouthKinds = ['tooth', 'gum', 'tongue'] as const
export type MouthKind = (typeof mouthKinds)[number]

export interface MouthModel {
  /** V x 3, centimetres, in the frame of the canonical face, the mouth closed. */
  positions: Float32Array
  /** V x 3, centimetres: where `jawOpen` at its full strength takes them. */
  open: Float32Array
  /** V, 0..1: how far each vertex goes with the jaw. */
  jaw: Float32Array
  /** V: places in {@link mouthKinds}. */
  kind: Uint8Array
  /** V, 0..1: how much light comes there through parted lips. */
  light: Float32Array
  /** T x 3, counter-clockwise seen from outside. */
  triangles: Uint32Array
}

/** Centimetres of one step of a stored position or offset. */
export const positionStep = 0.002
/** Stored shares count from 0 to this. */
export const shareSteps = 255
/** V and T come first. */
const counts = 2

/**
 * Reads a model file: V and T (two bytes without sign, the less significant first, as all but the last three lists); positions
 * and offsets (steps of 0.002 cm, modulo 65,536), triangles: channel by channel, all x first, each number but a channel's first
 * as the difference from the one before; then the jaw's share, the kind and the light (one byte each, 255 is 1).
 *
 * @throws Error where it is not such a file
 */
export function readMouthModel(bytes: Uint8Array): MouthModel {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [vertices, triangles] = [0, 2].map((at) =>
    bytes.length > 3 ? numbers.getUint16(at, true) : Number.NaN,
  )
  const expected = 2 * (counts + 6 * vertices + 3 * triangles) + 3 * vertices
  // Too short for its counts: the expected size is no number.
  if (bytes.length !== expected) {
    throw new Error(
      `The mouth's model file was expected to have ${expected} bytes and has ${bytes.length}: load it again.`,
    )
  }
  let at = 2 * counts
  /** Running sums, in rows of three. */
  const next = (rows: number) => {
    const list = new Uint16Array(3 * rows)
    for (let c = 0, sum = 0; c < 3; c++, sum = 0)
      for (let i = c; i < list.length; i += 3, at += 2) {
        sum += numbers.getUint16(at, true)
        list[i] = sum
      }
    return list
  }
  const places = () => Float32Array.from(new Int16Array(next(vertices).buffer), (step) => positionStep * step)
  const [positions, open] = [places(), places()]
  const corners = Uint32Array.from(next(triangles))
  const [jaw, kind, light] = [0, 1, 2].map((k) => bytes.slice(at + k * vertices, at + (k + 1) * vertices))
  const share = (steps: Uint8Array) => Float32Array.from(steps, (step) => step / shareSteps)
  return { positions, open, jaw: share(jaw), kind, light: share(light), triangles: corners }
}
