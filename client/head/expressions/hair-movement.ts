import { meshLandmarks } from '../../face/contours.ts'
import type { Mesh } from '../../face/types.ts'
import { rimVertices } from '../face-rim.ts'
import { bindHair, neighbourCount } from '../hair/binding.ts'
import type { HeadPoints } from '../hair/head-points.ts'
import { looseBones, type MeshOffsets } from './mesh-offsets.ts'
import { morphOf } from './morph.ts'
import type { Morph, Movement } from './movement.ts'
import { type ExpressionName, expressionNames } from './names.ts'
import type { PointOffsets } from './person-shapes.ts'

/**
 * Hair goes where the head's points around it go: with brows and jaw at fringe and sides, and what lies on the shoulders stays.
 *
 * @param hair as it is drawn
 * @param dressed the person's points, the shoulders' after the head's
 * @param bones (P - 468) x 2, of the head's points that are no landmarks
 */
export function hairMovement(
  hair: Pick<Mesh, 'positions'>,
  dressed: HeadPoints,
  points: PointOffsets,
  { loose }: Pick<MeshOffsets, 'loose'>,
  bones: Float32Array,
): Movement {
  const { neighbours, weights } = bindHair(hair, dressed)
  const count = hair.positions.length / 3
  const morphs = {} as Record<ExpressionName, Morph>
  for (const name of expressionNames) {
    const of = points[name]
    const moves = new Uint8Array(dressed.positions.length / 3)
    for (let i = 0; i < of.length; i++) if (of[i] !== 0) moves[Math.floor(i / 3)] = 1
    const offsets = new Float32Array(3 * count)
    for (let i = 0; i < neighbours.length; i++) {
      const point = neighbours[i]
      if (!moves[point]) continue
      const to = 3 * Math.floor(i / neighbourCount)
      for (let c = 0; c < 3; c++) offsets[to + c] += weights[i] * of[3 * point + c]
    }
    morphs[name] = morphOf(offsets)
  }
  // Those of landmarks, of the rest, and, left at 0, of the shoulders.
  const ofPoints = new Float32Array((2 * dressed.positions.length) / 3)
  for (let v = 0; v < meshLandmarks; v++) ofPoints[2 * v + 1] = 1
  ofPoints.set(looseBones(loose, bones).subarray(2 * rimVertices), 2 * meshLandmarks)
  const ofHair = new Float32Array(2 * count)
  for (let i = 0; i < neighbours.length; i++) {
    const to = 2 * Math.floor(i / neighbourCount)
    for (let c = 0; c < 2; c++) ofHair[to + c] += weights[i] * ofPoints[2 * neighbours[i] + c]
  }
  return { morphs, bones: ofHair }
}
