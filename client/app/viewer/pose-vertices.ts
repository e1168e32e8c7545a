import type { BufferGeometry } from 'three'
import { expressed } from '../../head/expressions/expressed.ts'
import type { HeadMovement, Movement } from '../../head/expressions/movement.ts'
import type { Pose } from './pose.ts'

/**
 * Moves a geometry's vertices from where they rest to where a pose has them, in the place that they have.
 *
 * @param rest V x 3
 * @param movement of this mesh; null: it stays at rest
 * @param pose null: at rest
 */
export function poseVertices(
  geometry: BufferGeometry,
  rest: Float32Array,
  movement: (Movement & Pick<HeadMovement, 'pivots'>) | null,
  pose: Pose | null,
): void {
  const position = geometry.getAttribute('position')
  const placed = position.array as Float32Array
  if (movement && pose) {
    const turn = pose.turn && { ...pose.turn, pivots: movement.pivots }
    expressed(rest, movement, pose.weights, turn, placed)
  } else placed.set(rest)
  position.needsUpdate = true
}
