import { meshLandmarks } from '../../face/contours.ts'
import { rimVertices } from '../face-rim.ts'
import { type HairBinding, neighbourCount } from '../hair/binding.ts'
import type { HeadPoints } from '../hair/head-points.ts'
import { looseBones, type MeshOffsets } from './mesh-offsets.ts'
import { morphOf } from './morph.ts'
import type { Morph, Movement } from './movement.ts'
import { type ExpressionName, expressionNames } from './names.ts'
import type { PointOffsets } from './person-shapes.ts'

/**
 * Hair goes where the head's points around it go: with brows and jaw at fringe and sides, and what lies on the shoulders stays.
 *
 * @param binding of the hair as it is drawn
 * @param dressed what it is bound to: the person's points, the shoulders' after the head's
 * @param bones (P - 468) x 2, of the head's points that are no landmarks
 */
export function hairMovement(
  binding: HairBinding,
  dressed: HeadPoints,
  points: PointOffsets,
  { loose }: Pick<MeshOffsets, 'loose'>,
  bones: Float32Array,
): Movement {
  const { neighbours, weights } = binding
  const morphs = {} as Record<ExpressionName, Morph>
  for (const name of expressionNames) morphs[name] = morphOf(hairOffsets(binding, points[name]))
  // Those of landmarks, of the rest, and, left at 0, of the shoulders.
  const ofPoints = new Float32Array((2 * dressed.positions.length) / 3)
  for (let v = 0; v < meshLandmarks; v++) ofPoints[2 * v + 1] = 1
  ofPoints.set(looseBones(loose, bones).subarray(2 * rimVertices), 2 * meshLandmarks)
  const ofHair = new Float32Array(2 * binding.clearance.length)
  for (let i = 0; i < neighbours.length; i++) {
    const to = 2 * Math.floor(i / neighbourCount)
    for (let c = 0; c < 2; c++) ofHair[to + c] += weights[i] * ofPoints[2 * neighbours[i] + c]
  }
  return { morphs, bones: ofHair }
}

/** @param points P x 3: offsets of the head's points @returns V x 3 */
export function hairOffsets(
  { neighbours, weights, clearance }: HairBinding,
  points: Float32Array,
): Float32Array {
  const moves = new Uint8Array(points.length / 3)
  for (let i = 0; i < points.length; i++) if (points[i] !== 0) moves[Math.floor(i / 3)] = 1
  const offsets = new Float32Array(3 * clearance.length)
  for (let i = 0; i < neighbours.length; i++) {
    const point = neighbours[i]
    if (!moves[point]) continue
    const to = 3 * Math.floor(i / neighbourCount)
    for (let c = 0; c < 3; c++) offsets[to + c] += weights[i] * points[3 * point + c]
  }
  return offsets
}
