import { outerEyeCorners } from '../face/contours.ts'
import type { Mesh } from '../face/types.ts'

/** The scalp begins this far above the eyes, centimetres. By eye. */
const aboveEyes = 2

/** Does a vertex belong to the scalp, forehead above the face included? */
export function scalpOf({ positions }: Pick<Mesh, 'positions'>): (v: number) => boolean {
  const eyes = outerEyeCorners.reduce((sum, v) => sum + positions[3 * v + 1] / 2, 0)
  return (v) => positions[3 * v + 1] > eyes + aboveEyes
}
