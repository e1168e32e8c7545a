import { meanLog } from '../image/log-texture.ts'
import { smoothstep } from '../image/smoothstep.ts'
import type { RimLine } from './rim.ts'
import { faceTexels, restTexels } from './texture-sides.ts'

/** Centimetres over which what is left of a step at the rim fades into the rest. By eye: farther, details of the face become rays. */
const fade = 0.7
/** Colour is read over this around a place: centimetres. */
const reading = 0.06

/**
 * Takes away what is left of a step between face and rest: along the rim the rest gets the face's colour.
 *
 * @param rest N x N x 3, log domain; changed in place
 * @param coverage N x N, not 0 on the rest's charts
 * @param face N x N x 3, sRGB-encoded, 0..1, padded
 * @param line of {@link rimLine}, about a texel apart
 * @param size N
 */
export function meetFace(
  rest: Float32Array,
  coverage: Uint8Array,
  face: Float32Array,
  line: RimLine,
  size: number,
): void {
  const points = line.rest.length / 2
  const steps = stepsAlong(rest, coverage, face, line, size)
  const reach = restTexels(fade, size)
  const around = Math.ceil(reach)
  // Of each texel within reach the nearest point and how far it is.
  const nearest = new Int32Array(size * size)
  const squares = new Float64Array(size * size).fill(Number.POSITIVE_INFINITY)
  for (let p = 0; p < points; p++) {
    const px = line.rest[2 * p] * size
    const py = line.rest[2 * p + 1] * size
    for (let y = Math.floor(py) - around; y <= py + around; y++)
      for (let x = Math.floor(px) - around; x <= px + around; x++) {
        if (x < 0 || y < 0 || x >= size || y >= size) continue
        const i = y * size + x
        const square = (x + 0.5 - px) ** 2 + (y + 0.5 - py) ** 2
        if (square > reach * reach || square >= squares[i] || !coverage[i]) continue
        squares[i] = square
        nearest[i] = p
      }
  }
  for (let i = 0; i < nearest.length; i++) {
    if (squares[i] === Number.POSITIVE_INFINITY) continue
    const share = 1 - smoothstep(0, reach, Math.sqrt(squares[i]))
    for (let c = 0; c < 3; c++) rest[3 * i + c] += share * steps[3 * nearest[i] + c]
  }
}

/** P x 3, log units: how much brighter the face is at each point of the rim. */
function stepsAlong(
  rest: Float32Array,
  coverage: Uint8Array,
  face: Float32Array,
  line: RimLine,
  size: number,
): Float32Array {
  const points = line.rest.length / 2
  const steps = new Float32Array(3 * points)
  const faceRadius = Math.max(1, Math.round(faceTexels(reading, size)))
  const restRadius = Math.max(1, Math.round(restTexels(reading, size)))
  const here = new Float64Array(3)
  for (let p = 0; p < points; p++) {
    if (!meanAround(rest, coverage, size, line.rest[2 * p], line.rest[2 * p + 1], restRadius, here)) continue
    const [x, y] = [Math.floor(line.face[2 * p] * size), Math.floor(line.face[2 * p + 1] * size)]
    const there = meanLog(face, size, x, y, faceRadius)
    for (let c = 0; c < 3; c++) steps[3 * p + c] = there[c] - here[c]
  }
  return steps
}

/** The mean colour of the square around a place, as far as it is covered. @returns whether any of it is */
function meanAround(
  image: Float32Array,
  coverage: Uint8Array,
  size: number,
  u: number,
  v: number,
  radius: number,
  mean: Float64Array,
): boolean {
  const [x, y] = [Math.floor(u * size), Math.floor(v * size)]
  mean.fill(0)
  let count = 0
  for (let row = Math.max(0, y - radius); row <= Math.min(size - 1, y + radius); row++)
    for (let column = Math.max(0, x - radius); column <= Math.min(size - 1, x + radius); column++) {
      const i = row * size + column
      if (!coverage[i]) continue
      count++
      for (let c = 0; c < 3; c++) mean[c] += image[3 * i + c]
    }
  for (let c = 0; c < 3; c++) mean[c] /= Math.max(1, count)
  return count > 0
}
