/** Landmarks of a turned face, brought to where the network sees them from the front. */

import { featureMask } from '../../face/features.ts'
import type { Mesh, Pose } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { initialTexture } from '../complete/initial.ts'
import { averageLandmarks, eyeDistance } from '../find/landmarks.ts'
import type { Networks } from '../find/tfjs.ts'
import { poseCamera, project } from '../mesh/camera.ts'
import type { CanonicalFace } from '../mesh/canonical.ts'
import { faceMesh } from '../mesh/face-mesh.ts'
import { renderTexture, turnedCamera } from '../mesh/render.ts'
import { unwrapPhoto } from '../unwrap/unwrap.ts'
import { shapeOf } from './pose.ts'

/** Texels and pixels per side of what the network is shown: as many as it looks at. */
const size = 256
/** Larger corrections (root mean square, share of the distance of the outer eye corners) are taken for a failure. */
const mostCorrection = 0.1
const background = 128
/**
 * Cosine between the normal and straight ahead: from what the front shows too steeply to tell anything to what it shows
 * well.
 */
const frontal = { from: 0.2, to: 0.5 }

/**
 * The landmark network places the same point of a face elsewhere when it sees the face turned. Analysis by synthesis (README,
 * "locate"): the face is completed with the landmarks as they are and rendered from the front and in the photo's own pose.
 * The network's error in the photo's pose is how renders mislead it; the rest of its error from the front is the landmarks',
 * and is taken back to the photo through the mesh.
 *
 * @param points 478 x 3 landmarks, photo pixels
 * @param pose of these landmarks
 * @param person height x width of the photo, 0..1
 * @returns 478 x 3; `points` where a render is not taken for a face or the correction is beyond belief
 */
export async function frontAligned(
  photo: Photo,
  points: Float32Array,
  pose: Pose,
  person: Float32Array,
  canonical: CanonicalFace,
  networks: Networks,
): Promise<Float32Array> {
  const mesh = faceMesh(shapeOf(points, pose), canonical)
  const texture = complete(photo, mesh, points, pose, person)
  const look = async (turn: Partial<Pose>) => {
    const { photo: picture, points: placed, scale } = rendered(mesh, texture, turn)
    const { points: seen, logit } = await averageLandmarks(picture, placed, canonical.mirror, networks)
    return { placed, seen, logit, scale }
  }
  const front = await look({})
  const posed = await look(pose)
  if (Math.min(front.logit, posed.logit) < 0) return points

  const aligned = points.slice()
  const toPhoto = jacobians(front.placed, points, canonical.tri)
  const perPixel = pose.scale / posed.scale
  const count = canonical.pos.length / 3
  let squares = 0
  for (let v = 0; v < count; v++) {
    const [dx, dy] = [3 * v, 3 * v + 1].map((k) => front.seen[k] - front.placed[k])
    const share = smoothstep(frontal.from, frontal.to, mesh.normals[3 * v + 2])
    for (let axis = 0; axis < 2; axis++) {
      const misled = perPixel * (posed.seen[3 * v + axis] - posed.placed[3 * v + axis])
      const [byX, byY] = [toPhoto[4 * v + 2 * axis], toPhoto[4 * v + 2 * axis + 1]]
      const shift = share * (byX * dx + byY * dy - misled)
      aligned[3 * v + axis] += shift
      squares += shift * shift
    }
  }
  return Math.sqrt(squares / count) < mostCorrection * eyeDistance(points) ? aligned : points
}

function complete(photo: Photo, mesh: Mesh, points: Float32Array, pose: Pose, person: Float32Array) {
  const { unwrap } = unwrapPhoto(photo, mesh, poseCamera(pose), {
    ...{ size, person },
    interOcular: eyeDistance(points),
    features: featureMask(mesh.uv, size),
  })
  return initialTexture(unwrap, { method: 'hidden-side' }).content
}

/** @returns the landmarks where the mesh has them (V x 3, pixels), pixels per centimetre */
function rendered(mesh: Mesh, texture: Float32Array, turn: Partial<Pose>) {
  const camera = turnedCamera(mesh, turn, size, size)
  const { rgb, mask } = renderTexture(mesh, camera, texture, size, size, size)
  const data = new Uint8ClampedArray(4 * size * size).fill(255)
  for (let i = 0; i < size * size; i++)
    for (let c = 0; c < 3; c++) data[4 * i + c] = mask[i] ? 255 * rgb[3 * i + c] : background
  const screen = project(mesh.positions, camera)
  return {
    photo: { width: size, height: size, data },
    points: screen.filter((_, k) => k % 4 < 3),
    scale: Math.hypot(camera.matrix[0], camera.matrix[1], camera.matrix[2]),
  }
}

/**
 * How a vertex moves in one picture when it slides over the surface in another: least squares over its neighbours.
 *
 * @param from V x 3 or more, the first two numbers of each are used
 * @param to V x 3 or more, likewise
 * @param triangles T x 3
 * @returns V x 2 x 2: of x and y in `to` the derivatives by x and y in `from`; V as `triangles` name them
 */
export function jacobians(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  triangles: Uint32Array,
): Float64Array {
  const count = triangles.reduce((most, v) => Math.max(most, v), -1) + 1
  const sums = new Float64Array(7 * count)
  for (let corner = 0; corner < triangles.length; corner++) {
    const first = corner - (corner % 3)
    const v = triangles[corner]
    for (let other = first; other < first + 3; other++) {
      const n = triangles[other]
      const [dx, dy] = [from[3 * n] - from[3 * v], from[3 * n + 1] - from[3 * v + 1]]
      const products = [dx * dx, dx * dy, dy * dy]
      for (let axis = 0; axis < 2; axis++) {
        const d = to[3 * n + axis] - to[3 * v + axis]
        products.push(d * dx, d * dy)
      }
      products.forEach((value, k) => {
        sums[7 * v + k] += value
      })
    }
  }
  const result = new Float64Array(4 * count)
  for (let v = 0; v < count; v++) {
    const [xx, xy, yy, ...mixed] = sums.subarray(7 * v, 7 * v + 7)
    const determinant = xx * yy - xy * xy
    // Where all neighbours lie in one line, nothing is known of the other direction.
    if (!(determinant > 1e-6 * xx * yy)) continue
    for (let axis = 0; axis < 2; axis++) {
      const [px, py] = [mixed[2 * axis], mixed[2 * axis + 1]]
      result[4 * v + 2 * axis] = (yy * px - xy * py) / determinant
      result[4 * v + 2 * axis + 1] = (xx * py - xy * px) / determinant
    }
  }
  return result
}
