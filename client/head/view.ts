/** The photo around a head, upright and in centimetres: what is told apart there holds for photos of any size and tilt. */

import { behindFrame, roundFrame } from '../capture/find/frame.ts'
import { project } from '../capture/mesh/camera.ts'
import type { Capture, Pose } from '../face/types.ts'
import type { HeadPhoto } from './head-photo.ts'

/** A picture of {@link viewSize} pixels, x to the right, rows downwards. */
export interface HeadView {
  width: number
  height: number
  /** P x 3, sRGB-encoded, 0..255 */
  colour: Float32Array
  /** P, 0..1: is this the person? */
  person: Float32Array
  /** P, 1 where the photo shows something, 0 beyond its border or in a frame around it. */
  shown: Uint8Array
  /** Takes V x 3 in centimetres, head frame, to V x 4: pixel, row, depth (smaller is nearer) and 1, as `rasterize` takes them. */
  project(positions: ArrayLike<number>): Float32Array
  /** 3 x 3, row-major: from the head's frame to the picture's, in which y is up and z towards the viewer. */
  rotation: Float64Array
}

/** Centimetres a pixel. */
export const viewStep = 0.15
/** Centimetres from the head's origin, between nose and eyes: to both sides, up and down. Long hair and shoulders are within. */
export const viewReach = { side: 21, up: 24, down: 30 }
export const viewSize = {
  width: Math.round((2 * viewReach.side) / viewStep),
  height: Math.round((viewReach.up + viewReach.down) / viewStep),
}
/** Samples a pixel and axis: fewer where photo pixels are larger. */
const mostSamples = 5

/**
 * The photo as a head's own camera would have taken it: any size, place and roll give the same view.
 *
 * @param person height x width of the photo, 0..1
 */
export function headView(
  { pose, camera }: Pick<Capture, 'camera'> & { pose: Pose },
  { photo, person }: HeadPhoto,
): HeadView {
  const { width, height } = viewSize
  const rotation = upright(pose.rotation)
  // Of a scaled orthographic camera a place in the picture is one line of sight: that through the origin's depth will do.
  const columns = [0, 1, 2].map((row) => [rotation[row], rotation[3 + row], rotation[6 + row]])
  const at = (x: number, y: number) => columns.map(([a, b]) => a * x + b * y)
  const corner = project(at(-viewReach.side, viewReach.up), camera)
  const [right, below] = [
    at(-viewReach.side + viewStep, viewReach.up),
    at(-viewReach.side, viewReach.up - viewStep),
  ]
    .map((place) => project(place, camera))
    .map(([x, y]) => [x - corner[0], y - corner[1]])
  const frame = roundFrame(photo)
  const colour = new Float32Array(3 * width * height)
  const seen = new Float32Array(width * height)
  const shown = new Uint8Array(width * height)
  const samples = Math.min(mostSamples, Math.max(1, Math.round(Math.hypot(right[0], right[1]))))
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      let count = 0
      for (let k = 0; k < samples * samples; k++) {
        const [u, v] = [x + ((k % samples) + 0.5) / samples, y + (Math.floor(k / samples) + 0.5) / samples]
        const px = Math.floor(corner[0] + u * right[0] + v * below[0])
        const py = Math.floor(corner[1] + u * right[1] + v * below[1])
        if (px < 0 || py < 0 || px >= photo.width || py >= photo.height) continue
        if (frame && behindFrame(frame, px + 0.5, py + 0.5)) continue
        const pixel = py * photo.width + px
        for (let c = 0; c < 3; c++) colour[3 * i + c] += photo.data[4 * pixel + c]
        seen[i] += person[pixel]
        count++
      }
      // Of a pixel that is mostly beyond the border nothing is known.
      shown[i] = 2 * count > samples * samples ? 1 : 0
      const share = shown[i] ? 1 / count : 0
      seen[i] *= share
      for (let c = 0; c < 3; c++) colour[3 * i + c] *= share
    }
  return {
    ...{ width, height, colour, person: seen, shown, rotation },
    project: (positions) => projectUpright(positions, rotation),
  }
}

function projectUpright(positions: ArrayLike<number>, r: Float64Array): Float32Array {
  const screen = new Float32Array((positions.length / 3) * 4)
  for (let v = 0; 3 * v < positions.length; v++) {
    const [x, y, z] = [positions[3 * v], positions[3 * v + 1], positions[3 * v + 2]]
    screen[4 * v] = (r[0] * x + r[1] * y + r[2] * z + viewReach.side) / viewStep
    screen[4 * v + 1] = (viewReach.up - (r[3] * x + r[4] * y + r[5] * z)) / viewStep
    screen[4 * v + 2] = -(r[6] * x + r[7] * y + r[8] * z) / viewStep
    screen[4 * v + 3] = 1
  }
  return screen
}

/** A pose's rotation without its roll: the head's up stays up in the picture. */
function upright(r: Float64Array): Float64Array {
  const length = Math.hypot(r[1], r[4])
  const [sin, cos] = length > 1e-6 ? [r[1] / length, r[4] / length] : [0, 1]
  return Float64Array.from([
    ...[0, 1, 2].map((c) => cos * r[c] - sin * r[3 + c]),
    ...[0, 1, 2].map((c) => sin * r[c] + cos * r[3 + c]),
    ...[r[6], r[7], r[8]],
  ])
}
