/** Pictures of a textured mesh, without light. */

import type { Camera, Mesh, Pose } from '../../face/types.ts'
import { bilinear } from '../../image/sample.ts'
import { poseCamera, project } from './camera.ts'
import { interpolate, rasterize } from './rasterize.ts'

/**
 * Renders the sides of a mesh that face the camera, without any light.
 *
 * @param texture textureSize x textureSize x 3, looked up bilinearly; any range
 * @returns rgb: height x width x 3, 0 where there is no mesh; mask: height x width, 0 or 1.
 */
export function renderTexture(
  mesh: Mesh,
  camera: Camera,
  texture: Float32Array,
  textureSize: number,
  width: number,
  height: number,
): { rgb: Float32Array; mask: Float32Array } {
  const raster = rasterize(project(mesh.positions, camera), mesh.triangles, width, height, { cull: true })
  const uv = interpolate(raster, mesh.triangles, mesh.uv, 2)
  const rgb = new Float32Array(width * height * 3)
  const mask = new Float32Array(width * height)
  for (let i = 0; i < mask.length; i++) {
    if (raster.triangle[i] < 0) continue
    mask[i] = 1
    for (let c = 0; c < 3; c++)
      rgb[3 * i + c] = bilinear(
        texture,
        textureSize,
        textureSize,
        3,
        c,
        uv[2 * i] * textureSize,
        uv[2 * i + 1] * textureSize,
      )
  }
  return { rgb, mask }
}

/**
 * An orthographic camera on the middle of the mesh. The scale is the same for every turn: 90% of the picture's smaller
 * side for the mesh's greatest extent.
 *
 * @param turn degrees, as {@link Pose}: yaw > 0 looks to the image's right, pitch > 0 up, roll > 0 is clockwise
 */
export function turnedCamera(
  { positions }: Pick<Mesh, 'positions'>,
  turn: Partial<Pick<Pose, 'yaw' | 'pitch' | 'roll'>>,
  width: number,
  height: number,
): Camera {
  const low = [0, 1, 2].map((c) =>
    positions.reduce((m, value, i) => (i % 3 === c ? Math.min(m, value) : m), Infinity),
  )
  const high = [0, 1, 2].map((c) =>
    positions.reduce((m, value, i) => (i % 3 === c ? Math.max(m, value) : m), -Infinity),
  )
  const centre = low.map((value, c) => (value + high[c]) / 2)
  const scale = (0.9 * Math.min(width, height)) / Math.max(...high.map((value, c) => value - low[c]))
  const rotation = turnRotation(turn)
  const [x, y] = [0, 1].map((row) => centre.reduce((sum, value, c) => sum + rotation[3 * row + c] * value, 0))
  return poseCamera({ rotation, scale, translation: [width / 2 - scale * x, -height / 2 - scale * y] })
}

/** Roll after yaw after pitch, 3 x 3 row-major. */
export function turnRotation({
  yaw = 0,
  pitch = 0,
  roll = 0,
}: Partial<Pick<Pose, 'yaw' | 'pitch' | 'roll'>>): Float64Array {
  const [a, b, c] = [yaw, pitch, roll].map((degrees) => (degrees * Math.PI) / 180)
  const aboutY = [Math.cos(a), 0, Math.sin(a), 0, 1, 0, -Math.sin(a), 0, Math.cos(a)]
  const aboutX = [1, 0, 0, 0, Math.cos(b), Math.sin(b), 0, -Math.sin(b), Math.cos(b)]
  const aboutZ = [Math.cos(c), Math.sin(c), 0, -Math.sin(c), Math.cos(c), 0, 0, 0, 1]
  return multiply(aboutZ, multiply(aboutY, aboutX))
}

function multiply(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const row = 3 * Math.floor(i / 3)
    const column = i % 3
    return a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6]
  })
}
