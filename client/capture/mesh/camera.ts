/** How a mesh lands on the photo. */

import type { Camera, Pose } from '../../face/types.ts'

/** The scaled orthographic camera of a pose. One unit of depth is as long as one photo pixel. */
export function poseCamera({
  rotation: r,
  scale: s,
  translation: [tx, ty],
}: Pick<Pose, 'rotation' | 'scale' | 'translation'>): Camera {
  const row = (axis: number, factor: number, shift: number) => [
    factor * r[3 * axis],
    factor * r[3 * axis + 1],
    factor * r[3 * axis + 2],
    shift,
  ]
  return {
    matrix: Float64Array.from([...row(0, s, tx), ...row(1, -s, -ty), ...row(2, -s, 0), 0, 0, 0, 1]),
  }
}

/**
 * Projects points.
 *
 * @param positions V x 3, head frame, centimetres
 * @returns V x 4: px, py, depth, and 1 / w, by which attributes are interpolated in perspective.
 */
export function project(positions: ArrayLike<number>, { matrix: m }: Camera): Float32Array {
  const count = positions.length / 3
  const screen = new Float32Array(count * 4)
  for (let v = 0; v < count; v++) {
    const x = positions[3 * v]
    const y = positions[3 * v + 1]
    const z = positions[3 * v + 2]
    const inverse = 1 / (m[12] * x + m[13] * y + m[14] * z + m[15])
    screen[4 * v] = (m[0] * x + m[1] * y + m[2] * z + m[3]) * inverse
    screen[4 * v + 1] = (m[4] * x + m[5] * y + m[6] * z + m[7]) * inverse
    screen[4 * v + 2] = (m[8] * x + m[9] * y + m[10] * z + m[11]) * inverse
    screen[4 * v + 3] = inverse
  }
  return screen
}

/**
 * Where the camera looks from: `[x, y, z, 1]` a point, `[x, y, z, 0]` the unit direction towards an orthographic
 * viewer. The direction from a surface point p to the viewer is then `[x, y, z] - w p`.
 */
export function viewpoint({ matrix: m }: Camera): [number, number, number, number] {
  // The one point that lands on no pixel: the null vector of the rows of px, py and w.
  const rows = [0, 1, 3].map((row) => Array.from(m.subarray(4 * row, 4 * row + 4)))
  const minor = (skip: number) => {
    const [a, b, c] = rows.map((row) => row.filter((_, column) => column !== skip))
    return (
      a[0] * (b[1] * c[2] - b[2] * c[1]) -
      a[1] * (b[0] * c[2] - b[2] * c[0]) +
      a[2] * (b[0] * c[1] - b[1] * c[0])
    )
  }
  const centre = [minor(0), -minor(1), minor(2), -minor(3)]
  const length = Math.hypot(centre[0], centre[1], centre[2])
  if (Math.abs(centre[3]) > 1e-9 * length) {
    const [x, y, z] = centre.map((value) => value / centre[3])
    return [x, y, z, 1]
  }
  // Of the two directions the one in which depth falls: towards the viewer.
  const towards = m[8] * centre[0] + m[9] * centre[1] + m[10] * centre[2]
  const [x, y, z] = centre.map((value) => (towards < 0 ? value : -value) / length)
  return [x, y, z, 0]
}
