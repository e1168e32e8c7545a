/** The rest of a head, as the model file `head.bin` holds it: the mean head, less what the face mesh covers. */
import { meshLandmarks } from '../face/contours.ts'
import { rimVertices } from './face-rim.ts'

export interface HeadModel {
  /**
   * V x 3, centimetres, in the frame of the canonical face: first the 72 vertices of the face mesh's rim in the order of
   * `faceRim`, then all others. Not split yet.
   */
  positions: Float32Array
  /** V, 0..1: how much of the sky past the head and its face each vertex sees, on the mean head. */
  openness: Float32Array
  /** 468 x 3: where the face mesh's landmarks lie on the same head. */
  landmarks: Float32Array
  /** L: which vertex each vertex of the layout is; the first 72 are the rim's. Along seams there are two at one place. */
  origin: Uint32Array
  /** L x 2 in 0..1, origin top-left: in a texture of the head's own, not the face's. */
  uv: Float32Array
  /** T x 3 layout vertices, counter-clockwise seen from outside. Open at the rim and at the bottom of the neck. */
  triangles: Uint32Array
}

/** Centimetres of one step of a stored position. */
export const positionStep = 0.001
/** Stored UVs count from 0 to this. */
export const uvSteps = 65_535
/** Stored openness counts from 0 to this. */
export const opennessSteps = 255
/** V, L and T come first. */
const counts = 3

/**
 * Reads a model file. All its numbers have two bytes, the less significant first: V, L and T (without sign); positions and
 * landmarks (with sign, thousandths of a centimetre); origin (without sign); UVs (without sign, 65,535 is 1); triangles (without
 * sign); openness (without sign, 255 is 1).
 *
 * @throws Error where it is not such a file
 */
export function readHeadModel(bytes: Uint8Array): HeadModel {
  // A copy, since its numbers may lie at odd bytes.
  const { buffer } = Uint8Array.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
  const unsigned = new Uint16Array(buffer)
  const signed = new Int16Array(buffer)
  const [vertices, layoutVertices, triangles] = unsigned
  const sizes = {
    positions: 3 * vertices,
    landmarks: 3 * meshLandmarks,
    origin: layoutVertices,
    uv: 2 * layoutVertices,
    triangles: 3 * triangles,
    openness: vertices,
  }
  const expected = 2 * (counts + Object.values(sizes).reduce((sum, size) => sum + size, 0))
  // Too short for its counts: the sum is no number.
  if (bytes.length !== expected || vertices < rimVertices) {
    throw new Error(
      `The head's model file was expected to have ${expected} bytes and has ${bytes.length}: load it again.`,
    )
  }
  let at = counts
  const next = <T extends Uint16Array | Int16Array>(from: T, size: number) => {
    at += size
    return from.subarray(at - size, at)
  }
  return {
    positions: Float32Array.from(next(signed, sizes.positions), (step) => positionStep * step),
    landmarks: Float32Array.from(next(signed, sizes.landmarks), (step) => positionStep * step),
    origin: Uint32Array.from(next(unsigned, sizes.origin)),
    uv: Float32Array.from(next(unsigned, sizes.uv), (step) => step / uvSteps),
    triangles: Uint32Array.from(next(unsigned, sizes.triangles)),
    openness: Float32Array.from(next(unsigned, sizes.openness), (step) => step / opennessSteps),
  }
}
