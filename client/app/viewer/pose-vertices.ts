import type { BufferAttribute, BufferGeometry, InterleavedBufferAttribute } from 'three'
import type { Mesh } from '../../face/types.ts'
import { expressed } from '../../head/expressions/expressed.ts'
import type { HeadMovement, Movement } from '../../head/expressions/movement.ts'
import type { Pose } from './pose.ts'

const atRest: Pose = { weights: {} }
/** Directions turn about no place. */
const nowhere = { neck: [0, 0, 0], head: [0, 0, 0] } as const

/**
 * Moves a geometry's vertices from where they rest to where a pose has them, in the place that they have.
 *
 * @param movement of this mesh; null: it stays at rest
 * @param pose null: at rest
 * @param isLit are its normals looked at? They turn with the head; how little an expression bends them is left out.
 */
export function poseVertices(
  geometry: BufferGeometry,
  { positions, normals }: Pick<Mesh, 'positions' | 'normals'>,
  movement: (Movement & Pick<HeadMovement, 'pivots'>) | null,
  pose: Pose | null,
  isLit: boolean,
): void {
  const { weights, turn } = pose ?? atRest
  move(geometry.getAttribute('position'), positions, movement, { weights, turn })
  if (!isLit) return
  const turning = movement && { ...movement, pivots: nowhere }
  move(geometry.getAttribute('normal'), normals, turning, { ...atRest, turn })
}

function move(
  attribute: BufferAttribute | InterleavedBufferAttribute,
  rest: Float32Array,
  movement: (Movement & Pick<HeadMovement, 'pivots'>) | null,
  { weights, turn }: Pose,
) {
  const moved = attribute.array as Float32Array
  if (movement) expressed(rest, movement, weights, turn && { ...turn, pivots: movement.pivots }, moved)
  else moved.set(rest)
  attribute.needsUpdate = true
}
