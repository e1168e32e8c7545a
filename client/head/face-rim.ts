import { faceOutline } from '../face/contours.ts'
import type { Mesh } from '../face/types.ts'
import { borderLoops } from './border-loops.ts'

/** Vertices of the face mesh's rim: the outline's landmarks and the middles between them. */
export const rimVertices = 72

/**
 * The face mesh's vertices that the rest of the head is sewn to.
 *
 * @param mesh of `faceMesh`
 * @returns 72 vertices in order, from the top of the forehead on, with the face to the left seen from outside
 */
export function faceRim({ triangles }: Pick<Mesh, 'triangles'>): number[] {
  const [top] = faceOutline
  const loop = borderLoops(triangles).find((vertices) => vertices.includes(top))!
  const first = loop.indexOf(top)
  return [...loop.slice(first), ...loop.slice(0, first)]
}
