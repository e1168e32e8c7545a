/** The bust under a head: shoulders in plain cloth, as the model file `bust.bin` holds them for the mean head. */
import { vertexNormals } from '../capture/mesh/normals.ts'
import { quantile } from '../image/statistics.ts'
import type { HairBinding } from './hair/binding.ts'
import { followHead } from './hair/follow.ts'
import type { HeadPoints } from './hair/head-points.ts'
import type { Ending } from './neck-end.ts'
import type { Basis } from './placement.ts'

export interface Bust {
  /** C: its points lie in rows around the neck, as many in each as the neck's end has vertices (`neckEnd`). */
  columns: number
  /**
   * (R C + 1) x 3, centimetres, in the frame of the canonical face: R rows, from behind the collar over it, down the cloth and
   * in beneath it, then the one point in which they end.
   */
  positions: Float32Array
  /** R C + 1, 0..1: how much of the sky past bust and head each point sees. */
  openness: Float32Array
}

/** A bust, and how it follows the mean head. */
export interface BoundBust {
  bust: Bust
  binding: HairBinding
}

/** Centimetres of one step of a stored position: it reaches to 65 cm. */
export const positionStep = 0.002
/** Stored openness counts from 0 to this. */
export const opennessSteps = 255
/** C and R come first. */
const counts = 2

/**
 * Reads a model file: C and R (two bytes without sign, the less significant first, as all but openness); positions (steps of
 * 0.002 cm), channel by channel, all x first, each but the first as the difference from the one before, modulo 65,536; openness
 * (one byte each, 255 is 1).
 *
 * @throws Error where it is not such a file
 */
export function readBust(bytes: Uint8Array): Bust {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [columns, rows] = [0, 2].map((at) => (bytes.length > 3 ? numbers.getUint16(at, true) : Number.NaN))
  const points = rows * columns + 1
  const expected = 2 * (counts + 3 * points) + points
  // Too short for its counts: the expected size is no number.
  if (bytes.length !== expected) {
    throw new Error(
      `The bust's model file was expected to have ${expected} bytes and has ${bytes.length}: load it again.`,
    )
  }
  const steps = new Int16Array(3 * points)
  let at = 2 * counts
  for (let c = 0, sum = 0; c < 3; c++, sum = 0)
    for (let i = c; i < steps.length; i += 3, at += 2) {
      sum += numbers.getUint16(at, true)
      steps[i] = sum
    }
  return {
    columns,
    positions: Float32Array.from(steps, (step) => positionStep * step),
    openness: Float32Array.from(bytes.subarray(at), (step) => step / opennessSteps),
  }
}

/** Of the bust's points hair is pushed out by every so many, lest binding it takes long. */
const sparse = 2

/**
 * A head's points and after them some of a bust's: what hair follows.
 *
 * @param positions the bust's points under that head, x 3
 */
export function bustPoints(
  head: HeadPoints,
  { columns }: Pick<Bust, 'columns'>,
  positions: Float32Array,
): HeadPoints {
  const normals = vertexNormals(positions, rowTriangles(columns, positions.length / 3))
  const taken = Array.from({ length: positions.length / 3 - 1 }, (_, point) => point).filter(
    (point) => Math.floor(point / columns) % sparse === 0 && (point % columns) % sparse === 0,
  )
  const join = (first: Float32Array, second: Float32Array) =>
    Float32Array.from([...first, ...taken.flatMap((point) => [...second.subarray(3 * point, 3 * point + 3)])])
  return { positions: join(head.positions, positions), normals: join(head.normals, normals) }
}

/** Hair that would lie in the cloth comes to lie on it, the layers this share of their distances apart, below that height. */
const [layers, onCloth] = [0.1, 0.25]

/**
 * How hair hangs over cloth: it was made for bare shoulders, where the cloth now is.
 *
 * @param binding of hair to {@link bustPoints}
 * @param head how many of these are the head's
 */
export function overCloth(binding: HairBinding, head: number): HairBinding {
  const { neighbours, clearance } = binding
  const nearest = (v: number) => neighbours[(v * neighbours.length) / clearance.length]
  return {
    ...binding,
    clearance: clearance.map((value, v) =>
      nearest(v) < head ? value : Math.max(value, onCloth - layers * (onCloth - value)),
    ),
  }
}

/**
 * Triangles between a bust's points.
 *
 * @param columns C
 * @param points R C + 1
 * @returns T x 3, counter-clockwise seen from outside; open at the first row
 */
export function rowTriangles(columns: number, points: number): Uint32Array {
  const triangles: number[] = []
  for (let first = 0; first + 1 < points; first += columns)
    for (let column = 0; column < columns; column++) {
      const [a, b] = [column, (column + 1) % columns].map((at) => first + at)
      if (first + columns + 1 === points) triangles.push(a, points - 1, b)
      else triangles.push(a, a + columns, b, b, a + columns, b + columns)
    }
  return Uint32Array.from(triangles)
}

/** Cloth that sees nothing of the sky is this bright, of cloth that lies open, linear; */
const leastOpen = 0.2
/** and cloth that looks away from where the light mostly comes from this, of cloth that faces it. By eye, as the direction is. */
const leastFacing = 0.3
const light = [0, 0.85, 0.53]
/** By eye, log units. */
const grain = 0.01

/**
 * A bust as it stands under a person's head: moved with it, its collar along the neck as hair follows a head.
 *
 * @param colour of the cloth, sRGB-encoded, 0..1
 */
export function bustEnding(
  { bust, binding }: BoundBust,
  mean: HeadPoints,
  person: HeadPoints,
  basis: Basis,
  colour: readonly number[],
): Ending {
  const positions = followHead(bust, binding, mean, person, basis)
  const normals = vertexNormals(positions, rowTriangles(bust.columns, bust.openness.length))
  const open = quantile(bust.openness, 0.9, 1)!
  const shade = bust.openness.map((value, point) => {
    const facing = light.reduce((sum, share, c) => sum + share * normals[3 * point + c], 1) / 2
    const lit = leastOpen + (1 - leastOpen) * Math.min(1, value / open)
    return (lit * (leastFacing + (1 - leastFacing) * facing)) ** (1 / 2.2)
  })
  return {
    positions,
    colours: Float32Array.from(
      { length: 3 * shade.length },
      (_, i) => shade[Math.floor(i / 3)] * colour[i % 3],
    ),
    grain,
  }
}
