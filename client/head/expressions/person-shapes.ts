import { smoothstep } from '../../image/smoothstep.ts'
import { type ExpressionModel, type StoredShape, storedShapes } from './expression-model.ts'
import { closeLids } from './lids.ts'
import { closedLips } from './lips.ts'
import { type ExpressionName, type ExpressionWeights, expressionNames } from './names.ts'

/** P x 3 each, centimetres, head frame: where expressions take the points of a person's head (`HeadPoints`). */
export type PointOffsets = Record<ExpressionName, Float32Array>

/** The two sides of a mouth pass into each other over this much to each side of the middle: centimetres. */
const middle = 1.2
/** Lids follow the gaze: so much of a blink goes with looking down, and of wide eyes with looking up. */
const lidsWith = { down: 0.35, up: 0.4 }

/** Of an expression that a face makes already at rest, this share is left to make, and always some. */
export const leftOf = (already = 0) => Math.max(0.3, 1 - already)

/**
 * The expressions of a person: those of the mean head, as large as the person's face, and lids and lips that meet.
 *
 * @param mean P x 3: the mean head's points
 * @param landmarks 468 x 3, head frame: the person's
 * @param place takes n x 3 of the mean head to this one
 * @param already what the face makes at rest: there is less left to make
 */
export function personShapes(
  { shapes }: Pick<ExpressionModel, 'shapes'>,
  mean: Float32Array,
  landmarks: Float32Array,
  place: (points: ArrayLike<number>) => ArrayLike<number>,
  already: ExpressionWeights = {},
): PointOffsets {
  const origin = place([0, 0, 0])
  const placed = new Map<StoredShape, Float32Array>()
  for (const { name } of storedShapes)
    placed.set(
      name,
      Float32Array.from(place(shapes[name]), (value, i) => value - origin[i % 3]),
    )
  const offsets = Object.fromEntries(
    expressionNames.map((name) => [name, new Float32Array(mean.length)]),
  ) as PointOffsets
  for (const name of expressionNames) {
    const side = name.endsWith('Left') ? 1 : -1
    const stored = storedShapes.find((shape) => name === shape.name + (shape.sides ? sideOf(side) : ''))
    if (!stored) continue
    placed.get(stored.name)!.forEach((value, i) => {
      const share = stored.sides ? smoothstep(-middle, middle, side * mean[i - (i % 3)]) : 1
      offsets[name][i] = leftOf(already[name]) * share * value
    })
  }
  closeLids(offsets, landmarks)
  // Lips that close over an open jaw.
  offsets.mouthClose.set(closedLips(landmarks.map((value, i) => value + offsets.jawOpen[i])))
  for (const side of ['Left', 'Right'] as const) {
    const [blink, wide] = [offsets[`eyeBlink${side}`], offsets[`eyeWide${side}`]]
    offsets[`eyeLookDown${side}`] = blink.map((value) => lidsWith.down * value)
    offsets[`eyeLookUp${side}`] = wide.map((value) => lidsWith.up * value)
  }
  return offsets
}

const sideOf = (side: number) => (side > 0 ? 'Left' : 'Right')
