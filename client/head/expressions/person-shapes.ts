import { meshLandmarks } from '../../face/contours.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { type Basis, placement } from '../placement.ts'
import { type ExpressionModel, type StoredShape, storedShapes } from './expression-model.ts'
import { closeLids } from './lids.ts'
import { type ExpressionName, expressionNames } from './names.ts'

/** P x 3 each, centimetres, head frame: where expressions take the points of a person's head (`HeadPoints`). */
export type PointOffsets = Record<ExpressionName, Float32Array>

/** The two sides of a mouth pass into each other over this much to each side of the middle: centimetres. */
const middle = 1.2
/** Lids follow the gaze: so much of a blink goes with looking down, and of wide eyes with looking up. */
const lidsWith = { down: 0.35, up: 0.4 }

/**
 * The expressions of a person: those of the mean head, as large as the person's face, and lids that meet.
 *
 * @param mean P x 3: the mean head's points
 * @param landmarks 468 x 3, head frame: the person's
 */
export function personShapes(
  { shapes }: Pick<ExpressionModel, 'shapes'>,
  mean: Float32Array,
  landmarks: Float32Array,
  basis: Basis,
): PointOffsets {
  const place = placement(mean.subarray(0, 3 * meshLandmarks), landmarks, basis)
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
    const stored = storedShapes.find(
      (shape) => name === (shape.sides ? `${shape.name}${sideOf(side)}` : shape.name),
    )
    if (!stored) continue
    offsets[name].set(placed.get(stored.name)!)
    if (!stored.sides) continue
    for (let i = 0; i < mean.length; i++)
      offsets[name][i] *= smoothstep(-middle, middle, side * mean[i - (i % 3)])
  }
  closeLids(offsets, landmarks)
  for (const side of ['Left', 'Right'] as const) {
    const [blink, wide] = [offsets[`eyeBlink${side}`], offsets[`eyeWide${side}`]]
    offsets[`eyeLookDown${side}`] = blink.map((value) => lidsWith.down * value)
    offsets[`eyeLookUp${side}`] = wide.map((value) => lidsWith.up * value)
  }
  return offsets
}

const sideOf = (side: number) => (side > 0 ? 'Left' : 'Right')
