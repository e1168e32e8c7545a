import type { Mesh } from '../../face/types.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { type HairBinding, neighbourCount } from '../hair/binding.ts'
import { morphOf } from './morph.ts'
import type { Morph, Movement } from './movement.ts'
import { type ExpressionName, expressionNames } from './names.ts'
import type { PointOffsets } from './person-shapes.ts'

/** Hair goes with the head down to the chin, and ever less from there on down to here, where it stays: centimetres. */
const falling = 14

/**
 * Hair goes where the head's points around it go: with brows and jaw at fringe and sides. Where it falls on the shoulders it
 * stays when the head turns.
 *
 * @param hair as it is drawn
 * @param binding of it to the person's points
 * @param chin its height, centimetres
 */
export function hairMovement(
  hair: Pick<Mesh, 'positions'>,
  binding: HairBinding,
  points: PointOffsets,
  chin: number,
): Movement {
  const morphs = {} as Record<ExpressionName, Morph>
  for (const name of expressionNames) morphs[name] = morphOf(hairOffsets(binding, points[name]))
  const bones = new Float32Array(2 * binding.clearance.length)
  for (let v = 0; 2 * v < bones.length; v++)
    bones[2 * v + 1] = smoothstep(chin - falling, chin, hair.positions[3 * v + 1])
  return { morphs, bones }
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
