import { fromLog, toLog } from '../image/log-texture.ts'
import { bilinear } from '../image/sample.ts'
import type { HeadMesh } from './head-mesh.ts'
import { type Ending, neckEnd } from './neck-end.ts'

/** Shares of the way from the neck's end to its middle at which the cap has rows of points. */
const shares = [0.1, 0.5]

/**
 * A plain end of a neck without a bust: flat, in the skin's colours at its edge, one mean in the middle.
 *
 * @param texture N x N x 3, sRGB-encoded, 0..1: of the rest of the head, padded
 */
export function neckCap(head: HeadMesh, texture: Float32Array): Ending {
  const end = neckEnd(head)
  const size = Math.sqrt(texture.length / 3)
  const meanOf = (values: number[]) => [0, 1, 2].map((c) => sumOf(values, c) / end.length)
  const places = end.flatMap((v) => [...head.positions.subarray(3 * v, 3 * v + 3)])
  const log = toLog(texture)
  const colours = end.flatMap((v) => {
    const [x, y] = [(2 * head.uv[2 * v] - 1) * size, head.uv[2 * v + 1] * size]
    return [0, 1, 2].map((c) => bilinear(log, size, size, 3, c, x, y))
  })
  const towards = (values: number[], middle: number[], share: number) =>
    values.map((value, i) => value + share * (middle[i % 3] - value))
  const rows = (values: number[]) => {
    const middle = meanOf(values)
    return [...shares.flatMap((share) => towards(values, middle, share)), ...middle]
  }
  return {
    positions: Float32Array.from(rows(places)),
    colours: Float32Array.from(rows(colours), fromLog),
    grain: 0,
  }
}

function sumOf(values: number[], channel: number): number {
  return values.reduce((sum, value, i) => (i % 3 === channel ? sum + value : sum), 0)
}
