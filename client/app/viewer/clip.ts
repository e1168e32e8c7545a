import type { FaceView } from '../../face/types.ts'

/** A square of the photo: see FaceView. */
export type Crop = Pick<FaceView, 'left' | 'top' | 'size' | 'step'>

/**
 * Head frame to WebGL clip space for a crop of the photo.
 *
 * @param matrix row-major, `[px*w, py*w, depth*w, w]`, see Camera
 * @param positions V x 3, to fit the depth range
 * @returns 16 numbers, column-major as WebGL wants them
 */
export function clipFromHead(
  matrix: Float64Array,
  { left, top, size, step }: Crop,
  positions: ArrayLike<number>,
): number[] {
  let nearest = Number.POSITIVE_INFINITY
  let farthest = Number.NEGATIVE_INFINITY
  const row = (r: number, x: number, y: number, z: number) =>
    matrix[r * 4] * x + matrix[r * 4 + 1] * y + matrix[r * 4 + 2] * z + matrix[r * 4 + 3]
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i], positions[i + 1], positions[i + 2]]
    const depth = row(2, x, y, z) / row(3, x, y, z)
    nearest = Math.min(nearest, depth)
    farthest = Math.max(farthest, depth)
  }
  const margin = (farthest - nearest) * 0.05 + 1e-3
  const side = size * step
  const depthRange = farthest - nearest + 2 * margin
  // Rows of the map from photo pixels to -1..1: x and y over the crop (y up again), depth over its range.
  const scale = [2 / side, -2 / side, 2 / depthRange]
  const shift = [-1 - (2 * left) / side, 1 + (2 * top) / side, -1 - (2 * (nearest - margin)) / depthRange]
  const clip = new Array<number>(16)
  for (let column = 0; column < 4; column++) {
    const w = matrix[12 + column]
    for (let r = 0; r < 3; r++) clip[column * 4 + r] = scale[r] * matrix[r * 4 + column] + shift[r] * w
    clip[column * 4 + 3] = w
  }
  return clip
}
