import { basename } from 'node:path'
import { z } from 'zod'
import { safelyParsed } from '../../worker/contract/safely-parsed.ts'
import { poseCamera } from '../capture/mesh/camera.ts'
import type { Camera } from '../face/types.ts'
import type { Photo } from '../image/photo.ts'
import { systemReason } from '../runtime/system-reason.ts'
import { CommandError } from './command-error.ts'
import { centimetresPerUnit } from './mesh-file.ts'
import { readFileUpTo } from './read-file-up-to.ts'

const vector = z.tuple([z.number(), z.number(), z.number()])
const positive = z.number().positive()

/** `[px*w, py*w, depth*w, w] = matrix * [x, y, z, 1]`, row-major; px, py in photo pixels, y down; a smaller depth is nearer. */
const matrixCamera = z.strictObject({ matrix: z.array(z.number()).length(16) })

/** Scaled orthographic, as Pose of capture/types.ts: `px = s(Rx)_x + tx`, `py = -(s(Rx)_y + ty)`; R row-major. */
const orthographicCamera = z.strictObject({
  rotation: z.array(z.number()).length(9),
  scale: positive,
  translation: z.tuple([z.number(), z.number()]),
})

/**
 * A pinhole at `position` looking at `target`. `fovY`: vertical field of view, degrees. `width`, `height`: size of the
 * picture it was set up for, of the photo's proportions; default: the photo's.
 */
const perspectiveCamera = z.strictObject({
  fovY: z.number().gt(0).lt(180),
  position: vector,
  target: vector,
  up: vector.default([0, 1, 0]),
  width: positive.optional(),
  height: positive.optional(),
})

const forms = [
  ['matrix', matrixCamera],
  ['rotation', orthographicCamera],
  ['fovY', perspectiveCamera],
] as const

/** A camera takes a few hundred. */
const mostBytes = 64 * 1024

/**
 * Reads a camera for a mesh given with --mesh. All lengths are in the units of the mesh file.
 *
 * @param photo the photo the camera looks through: its size in pixels.
 * @returns the camera for the mesh in centimetres, as mesh-file.ts hands it on.
 * @throws CommandError where the file is missing, fits none of the three forms, or leads to no finite numbers.
 */
export async function readCamera(path: string, photo: Pick<Photo, 'width' | 'height'>): Promise<Camera> {
  const name = basename(path)
  let bytes: Uint8Array
  try {
    bytes = await readFileUpTo(path, mostBytes, name)
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(
      `The camera ${path} can't be read (${systemReason(error)}): give the path of a JSON file.`,
    )
  }
  return cameraOf(bytes, name, photo)
}

/** The camera of a file that was read. @param name for sentences @throws CommandError as {@link readCamera} */
export function cameraOf(bytes: Uint8Array, name: string, photo: Pick<Photo, 'width' | 'height'>): Camera {
  const text = new TextDecoder().decode(bytes)
  if (text.trim() === '') throw new CommandError(`${name} is empty: give a camera as JSON.`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new CommandError(`${name} is not JSON: ${(error as Error).message}.`)
  }
  const matrix = toMatrix(json, photo, name)
  // The mesh was brought to centimetres; the camera goes with it.
  for (let row = 0; row < 4; row++)
    for (let column = 0; column < 3; column++) matrix[4 * row + column] /= centimetresPerUnit
  if (!matrix.every(Number.isFinite)) {
    throw new CommandError(`${name} leads to numbers that are not finite: give a camera nearer to the mesh.`)
  }
  return { matrix }
}

function toMatrix(json: unknown, photo: Pick<Photo, 'width' | 'height'>, name: string): Float64Array {
  const form = forms.find(([key]) => typeof json === 'object' && json !== null && key in json)
  if (!form) {
    throw new CommandError(
      `${name} is no camera: give {"matrix": [16 numbers]}, {"rotation": [9], "scale": s, "translation": [tx, ty]} or {"fovY": degrees, "position": [3], "target": [3]}.`,
    )
  }
  const parsed = safelyParsed<(typeof form)[1]>(form[1], json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new CommandError(`${name}: ${issue.path.join('.') || form[0]}: ${issue.message}.`)
  }
  const camera = parsed.data
  if ('matrix' in camera) return Float64Array.from(camera.matrix)
  if ('rotation' in camera)
    return poseCamera({ ...camera, rotation: Float64Array.from(camera.rotation) }).matrix
  return perspective(camera, photo, name)
}

function perspective(
  camera: z.infer<typeof perspectiveCamera>,
  photo: Pick<Photo, 'width' | 'height'>,
  name: string,
): Float64Array {
  const { width = photo.width, height = photo.height, position } = camera
  if (Math.abs(Math.log((width * photo.height) / (height * photo.width))) > 0.01) {
    throw new CommandError(
      `${name}: the camera's picture (${width} x ${height}) has other proportions than the photo (${photo.width} x ${photo.height}).`,
    )
  }
  const towards = camera.target.map((value, i) => value - position[i])
  const distance = Math.hypot(...towards)
  const right = cross(towards, camera.up)
  if (distance === 0 || Math.hypot(...right) < 1e-9 * distance) {
    throw new CommandError(
      `${name}: "target" must differ from "position", and "up" must not point along the view.`,
    )
  }
  const x = normalised(right)
  const w = normalised(towards)
  const y = cross(x, w)
  const focal = photo.height / 2 / Math.tan((camera.fovY * Math.PI) / 360)
  // Rows of the view transform, applied to [x, y, z, 1]; w grows away from the viewer.
  const [rowX, rowY, rowW] = [x, y, w].map((axis) => [...axis, -dot(axis, position)])
  const combine = (a: number, row: number[], b: number) => row.map((value, i) => a * value + b * rowW[i])
  // depth = focal (1 - distance / w): around the target one unit of depth is as long as one pixel.
  const depth = combine(0, rowW, focal)
  depth[3] -= focal * distance
  return Float64Array.from([
    ...combine(focal, rowX, photo.width / 2),
    ...combine(-focal, rowY, photo.height / 2),
    ...depth,
    ...rowW,
  ])
}

const dot = (a: number[], b: number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: number[], b: number[]) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
const normalised = (a: number[]) => a.map((value) => value / Math.hypot(...a))
