import { similarity } from '../capture/locate/pose.ts'
import { meshLandmarks } from '../face/contours.ts'

/** What of the canonical face a head is placed by. */
export interface Basis {
  /** 33 landmarks with their weights. */
  basis: readonly (readonly [landmark: number, weight: number])[]
}

/**
 * The similarity transform of one head's landmarks onto another's.
 *
 * @param from 468 x 3
 * @param onto 468 x 3
 * @returns takes n x 3 to n x 3
 */
export function placement(
  from: ArrayLike<number>,
  onto: ArrayLike<number>,
  { basis }: Basis,
): (points: ArrayLike<number>) => Float64Array {
  const weights = new Float64Array(meshLandmarks)
  for (const [landmark, weight] of basis) weights[landmark] = weight
  const { rotation, scale, translation } = similarity(from, onto, weights)
  return (points) =>
    Float64Array.from(points, (_, i) => {
      const [point, row] = [i - (i % 3), 3 * (i % 3)]
      const turned = [0, 1, 2].reduce((sum, c) => sum + rotation[row + c] * points[point + c], 0)
      return scale * turned + translation[i % 3]
    })
}
