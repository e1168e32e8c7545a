/** How expressions move the mean head, as the model file `expressions.bin` holds it. */

import { meshLandmarks } from '../../face/contours.ts'

/** What is stored: an expression, or for those of two sides both at once. */
export const storedShapes = [
  { name: 'browDown', sides: true },
  { name: 'browInnerUp', sides: false },
  { name: 'browOuterUp', sides: true },
  { name: 'cheekPuff', sides: false },
  { name: 'cheekSquint', sides: true },
  { name: 'eyeBlink', sides: true },
  { name: 'eyeSquint', sides: true },
  { name: 'eyeWide', sides: true },
  { name: 'jawForward', sides: false },
  { name: 'jawLeft', sides: false },
  { name: 'jawOpen', sides: false },
  { name: 'jawRight', sides: false },
  { name: 'mouthDimple', sides: true },
  { name: 'mouthFrown', sides: true },
  { name: 'mouthFunnel', sides: false },
  { name: 'mouthLeft', sides: false },
  { name: 'mouthLowerDown', sides: true },
  { name: 'mouthPress', sides: true },
  { name: 'mouthPucker', sides: false },
  { name: 'mouthRight', sides: false },
  { name: 'mouthRollLower', sides: false },
  { name: 'mouthRollUpper', sides: false },
  { name: 'mouthShrugLower', sides: false },
  { name: 'mouthShrugUpper', sides: false },
  { name: 'mouthSmile', sides: true },
  { name: 'mouthStretch', sides: true },
  { name: 'mouthUpperUp', sides: true },
  { name: 'noseSneer', sides: true },
] as const
export type StoredShape = (typeof storedShapes)[number]['name']

export interface ExpressionModel {
  /**
   * P x 3 each, centimetres, in the frame of the canonical face: where an expression at its full strength takes each point of
   * the mean head (`headPoints`: 468 landmarks, then the rest's vertices that are no rim's).
   */
  shapes: Record<StoredShape, Float32Array>
  /** (P - 468) x 2, 0..1: how far each point of the rest goes with the bones `Neck` and `Head`. The landmarks are the head's. */
  bones: Float32Array
  /** Where the bones turn, in that frame. */
  pivots: { neck: Float32Array; head: Float32Array }
}

/** Stored offsets count to this in each direction, in steps of each shape's own. */
export const offsetSteps = 127
/** Centimetres of one unit of a shape's step, and of one step of a pivot's position. */
export const [stepUnit, positionStep] = [1e-5, 0.001]
/** Stored bone weights count from 0 to this. */
export const boneSteps = 255
/** P comes first. */
const counts = 1

/**
 * Reads a model file: P and the steps of the shapes in the order of {@link storedShapes}, units of 0.00001 cm (two bytes
 * without sign, the less significant first); the pivots of neck and head (two bytes with sign, thousandths of a centimetre);
 * then of each shape all x, all y and all z (one byte each with sign, in that shape's steps); then the weights of the neck and
 * those of the head (one byte each, 255 is 1).
 *
 * @throws Error where it is not such a file
 */
export function readExpressionModel(bytes: Uint8Array): ExpressionModel {
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const points = bytes.length > 1 ? numbers.getUint16(0, true) : Number.NaN
  const rest = points - meshLandmarks
  const header = 2 * (counts + storedShapes.length + 6)
  const expected = header + 3 * points * storedShapes.length + 2 * rest
  // Too short for its counts: the expected size is no number.
  if (bytes.length !== expected || rest < 0) {
    throw new Error(
      `The model file of expressions was expected to have ${expected} bytes and has ${bytes.length}: load it again.`,
    )
  }
  const pivot = (first: number) =>
    Float32Array.from(
      { length: 3 },
      (_, c) => positionStep * numbers.getInt16(2 * (counts + storedShapes.length + first + c), true),
    )
  let at = header
  const shapes = Object.fromEntries(
    storedShapes.map(({ name }, k) => {
      const step = stepUnit * numbers.getUint16(2 * (counts + k), true)
      const from = at
      at += 3 * points
      const offsets = Float32Array.from(
        { length: 3 * points },
        (_, i) => step * numbers.getInt8(from + (i % 3) * points + Math.floor(i / 3)),
      )
      return [name, offsets]
    }),
  ) as Record<StoredShape, Float32Array>
  const weights = bytes.subarray(at)
  return {
    shapes,
    bones: Float32Array.from(
      { length: 2 * rest },
      (_, i) => weights[(i % 2) * rest + Math.floor(i / 2)] / boneSteps,
    ),
    pivots: { neck: pivot(0), head: pivot(3) },
  }
}
