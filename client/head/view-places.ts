import { outerEyeCorners } from '../face/contours.ts'
import type { HeadView } from './view.ts'

/** Where a face lies in a {@link HeadView}: rows and columns. */
export interface LandmarkPlaces {
  eyes: number
  chin: number
  middle: number
  /** Half the face's width, pixels. */
  side: number
}

/** The face's widest points, left and right in the image. */
export const widestVertices = [234, 454] as const
/** Its lowest. */
export const chinVertex = 152

/** @param positions of a face mesh, whose first vertices are the landmarks */
export function landmarkPlaces(view: Pick<HeadView, 'project'>, positions: Float32Array): LandmarkPlaces {
  const at = (v: number) => view.project(positions.subarray(3 * v, 3 * v + 3))
  const eyes = outerEyeCorners.map(at)
  const [a, b, chin] = [...widestVertices, chinVertex].map(at)
  return {
    eyes: (eyes[0][1] + eyes[1][1]) / 2,
    chin: chin[1],
    middle: (a[0] + b[0]) / 2,
    side: Math.abs(b[0] - a[0]) / 2,
  }
}
