import { innerLips, outerLips } from '../../face/contours.ts'
import { nnls } from '../../image/nnls.ts'
import { closedLips } from './lips.ts'
import type { ExpressionName, ExpressionWeights } from './names.ts'
import type { PointOffsets } from './person-shapes.ts'

/** What is told of a photo: only how its mouth is. Brows and lids that differ from the mean head's are the person's own. */
const told = [
  ...['jawOpen', 'mouthSmileLeft', 'mouthSmileRight', 'mouthUpperUpLeft', 'mouthUpperUpRight'],
  ...['mouthLowerDownLeft', 'mouthLowerDownRight'],
] as const satisfies readonly ExpressionName[]
/** Lips, and the skin between nose and chin that goes with them. */
const heard = [...innerLips, ...outerLips, 164, 18, 200, 199, 175, 152, 206, 426, 216, 436, 212, 432]
/** The wish for little expression, of the shapes' mean size: mouths differ by themselves. */
const ridge = 0.12

/**
 * How the mouth of a captured face differs from a mean mouth at rest, in expressions: least squares, wherever the mouth is.
 *
 * @param landmarks 468 x 3: the person's
 * @param usual 468 x 3: the mean head's, placed on them
 * @param shapes what the expressions do to them
 */
export function photoExpression(
  landmarks: ArrayLike<number>,
  usual: ArrayLike<number>,
  shapes: PointOffsets,
): Record<(typeof told)[number], number> {
  const columns = told.map((name) => centred(heard, (v, c) => shapes[name][3 * v + c]))
  const seen = centred(heard, (v, c) => landmarks[3 * v + c] - usual[3 * v + c])
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0)
  const gram = Float64Array.from({ length: told.length ** 2 }, (_, k) =>
    dot(columns[Math.floor(k / told.length)], columns[k % told.length]),
  )
  const mean = columns.reduce((sum, column) => sum + dot(column, column), 0) / told.length
  for (let i = 0; i < told.length; i++) gram[i * (told.length + 1)] += ridge * mean
  const right = Float64Array.from(columns, (column) => dot(column, seen))
  const weights = nnls(gram, right, new Float64Array(told.length))
  return Object.fromEntries(told.map((name, i) => [name, weights[i]])) as Record<
    (typeof told)[number],
    number
  >
}

/** Values of some landmarks less their mean. */
function centred(landmarks: number[], value: (v: number, c: number) => number): Float64Array {
  const means = [0, 1, 2].map((c) => landmarks.reduce((sum, v) => sum + value(v, c), 0) / landmarks.length)
  return Float64Array.from(landmarks.flatMap((v) => means.map((mean, c) => value(v, c) - mean)))
}

/** Of a smile so much is taken back: mouths differ by themselves, and one whose corners hang is no mouth at rest. By eye. */
const takenBack = 0.65

/**
 * What takes a photo's expression back: less what it shows, and lips that touch.
 *
 * @param points P x 3 offsets of the person's points
 * @returns P x 3
 */
export function towardsNeutral(
  landmarks: Float32Array,
  weights: ExpressionWeights,
  points: PointOffsets,
): Float32Array {
  const offsets = new Float32Array(points.jawOpen.length)
  for (const [name, weight] of Object.entries(weights) as [ExpressionName, number][])
    points[name].forEach((value, i) => {
      offsets[i] -= (name.startsWith('mouthSmile') ? takenBack : 1) * weight * value
    })
  closedLips(landmarks.map((value, i) => value + offsets[i])).forEach((value, i) => {
    offsets[i] += value
  })
  return offsets
}
