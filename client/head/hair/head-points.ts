import { vertexNormals } from '../../capture/mesh/normals.ts'
import { rimVertices } from '../face-rim.ts'
import type { HeadModel } from '../head-model.ts'

/** What hair follows of a head: its landmarks, then the vertices of the rest that are no rim's. */
export interface HeadPoints {
  /** P x 3, centimetres */
  positions: Float32Array
  /** P x 3, unit length, outwards */
  normals: Float32Array
}

/**
 * @param head the mean head (the model itself), or a person's: 468 landmarks and `headShape`
 * @param tri the landmarks' mesh, 898 x 3
 */
export function headPoints(
  { landmarks, positions }: Pick<HeadModel, 'landmarks' | 'positions'>,
  { triangles, origin }: Pick<HeadModel, 'triangles' | 'origin'>,
  { tri }: { tri: ArrayLike<number> },
): HeadPoints {
  const rest = triangles.map((v) => origin[v])
  // What there is of the rim is landmarks, or lies halfway between two.
  const join = (first: Float32Array, second: Float32Array) =>
    Float32Array.from([...first, ...second.subarray(3 * rimVertices)])
  return {
    positions: join(landmarks, positions),
    normals: join(vertexNormals(landmarks, tri), vertexNormals(positions, rest)),
  }
}
