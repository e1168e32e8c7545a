/** What a head ends in below its neck: a bust or a cap, so that nobody looks into it. */

import { vertexNormals } from '../capture/mesh/normals.ts'
import { random } from '../image/random.ts'
import { borderLoops } from './border-loops.ts'
import type { HeadMesh } from './head-mesh.ts'

/** Rows of points around the neck, each point below one of its end's vertices, and the one point in which they end. */
export interface Ending {
  /** (R C + 1) x 3, centimetres, head frame. */
  positions: Float32Array
  /** (R C + 1) x 3, sRGB-encoded, 0..1. */
  colours: Float32Array
  /** How much texels differ by chance, as threads do: log units. */
  grain: number
}

/** Where an ending lies in the square of the rest, which is empty there: it is the hole that the face fills. */
export const endingChart = { left: 0.345, top: 0.347, width: 0.31, height: 0.188 }
/** It goes on beyond the chart's edges by this much, so that mipmaps do not bleed: share of the square's side. */
const gutter = 0.006
/** Rows that are further apart take no more of the chart: what is fine lies at the neck. Centimetres. */
const mostApart = 1.2
/** Of the threads' grain. */
const seed = 1

/**
 * The line in which a neck ends.
 *
 * @param head open there and nowhere else
 * @returns vertices in order, with the neck to their left seen from outside
 */
export function neckEnd({ triangles, place }: Pick<HeadMesh, 'triangles' | 'place'>): number[] {
  return borderLoops(triangles.map((v) => place[v]))[0]
}

/**
 * Sews an ending to a head's neck.
 *
 * @param texture N x N x 3, sRGB-encoded, 0..1: of the rest of the head, padded
 * @returns the head, closed, of which what is new comes last; the texture with the ending in its hole
 * @throws RangeError where its rows have another number of points than the neck's end
 */
export function closeNeck(
  head: HeadMesh,
  texture: Float32Array,
  ending: Ending,
): { mesh: HeadMesh; texture: Float32Array } {
  const end = neckEnd(head)
  const columns = end.length
  const rows = (ending.positions.length / 3 - 1) / columns
  if (!Number.isInteger(rows))
    throw new RangeError(
      `What ends this neck takes ${columns} points in each row and one more; it has ${ending.positions.length / 3} in all.`,
    )
  const line = end.flatMap((v) => [...head.positions.subarray(3 * v, 3 * v + 3)])
  const points = Float32Array.from([...line, ...ending.positions])
  const downs = downTheChart(points, columns, rows)
  return { mesh: sewn(head, end, points, downs), texture: painted(texture, ending, columns, downs) }
}

/** @param points (R + 1) C + 1 x 3: the neck's end, then the ending's; `downs` R + 2, 0..1: where the rows lie in the chart */
function sewn(head: HeadMesh, end: number[], points: Float32Array, downs: number[]): HeadMesh {
  const columns = end.length
  const rows = downs.length - 2
  const first = head.positions.length / 3

  // In the layout the rows are cut open: their first vertex is there twice, and the last point once for each column.
  const pointOf = (row: number, column: number) =>
    row > rows ? row * columns : row * columns + (column % columns)
  const vertexOf = (row: number, column: number) => row * (columns + 1) + column
  const corners: number[] = []
  const uv: number[] = []
  for (const [row, down] of downs.entries())
    for (let column = 0; column <= columns; column++) {
      corners.push(pointOf(row, column))
      const { left, top, width, height } = endingChart
      uv.push(0.5 + (left + (width * column) / columns) / 2, top + height * down)
    }
  const triangles: number[] = []
  for (let row = 0; row <= rows; row++)
    for (let column = 0; column < columns; column++) {
      const [a, b] = [vertexOf(row, column), vertexOf(row, column + 1)]
      const [c, d] = [vertexOf(row + 1, column), vertexOf(row + 1, column + 1)]
      triangles.push(a, c, b)
      if (row < rows) triangles.push(b, c, d)
    }
  const normals = vertexNormals(
    points,
    triangles.map((v) => corners[v]),
  )
  const gather = (values: Float32Array) => corners.flatMap((p) => [...values.subarray(3 * p, 3 * p + 3)])
  const firstAt = new Map<number, number>()
  const place = corners.map((point, v) => {
    if (point < columns) return end[point]
    if (!firstAt.has(point)) firstAt.set(point, first + v)
    return firstAt.get(point)!
  })
  return {
    ...head,
    positions: Float32Array.from([...head.positions, ...gather(points)]),
    normals: Float32Array.from([...head.normals, ...gather(normals)]),
    uv: Float32Array.from([...head.uv, ...uv]),
    triangles: Uint32Array.from([...head.triangles, ...triangles.map((v) => first + v)]),
    place: Uint32Array.from([...head.place, ...place]),
    openness: Float32Array.from([...head.openness, ...corners.map(() => 1)]),
  }
}

/** Where the rows lie in the chart's height, 0..1, the neck's end and the last point included: by their mean distances, up to a limit. */
function downTheChart(points: Float32Array, columns: number, rows: number): number[] {
  const downs = [0]
  for (let row = 1; row <= rows + 1; row++) {
    let sum = 0
    for (let column = 0; column < columns; column++) {
      const to = row > rows ? row * columns : row * columns + column
      const from = (row - 1) * columns + column
      sum += Math.hypot(...[0, 1, 2].map((c) => points[3 * to + c] - points[3 * from + c]))
    }
    downs.push(downs[row - 1] + Math.min(mostApart, sum / columns))
  }
  return downs.map((value) => value / downs[rows + 1])
}

/** The chart's texels between the rows' colours, beyond its edges like them. */
function painted(
  texture: Float32Array,
  { colours, grain }: Ending,
  columns: number,
  downs: number[],
): Float32Array {
  const size = Math.sqrt(texture.length / 3)
  const result = texture.slice()
  const { left, top, width, height } = endingChart
  const texels = (from: number, to: number) => [(from - gutter) * size, (to + gutter) * size].map(Math.round)
  const [x0, x1] = texels(left, left + width)
  const [y0, y1] = texels(top, top + height)
  const chance = random(seed)
  const last = colours.length / 3 - 1
  // The neck's end has the colour of the first row.
  const colourOf = (row: number, column: number) =>
    row > downs.length - 2 ? last : Math.max(0, row - 1) * columns + (column % columns)
  for (let y = y0; y < y1; y++) {
    const down = Math.min(1, Math.max(0, ((y + 0.5) / size - top) / height))
    const row = Math.max(
      0,
      downs.findLastIndex((value, k) => value <= down && k < downs.length - 1),
    )
    const below = (down - downs[row]) / (downs[row + 1] - downs[row])
    for (let x = x0; x < x1; x++) {
      const around = (((x + 0.5) / size - left) / width + 1) * columns
      const column = Math.floor(around)
      const beside = around - column
      const factor = Math.exp(grain * chance.normal())
      const a = colourOf(row, column)
      const b = colourOf(row, column + 1)
      const d = colourOf(row + 1, column)
      const e = colourOf(row + 1, column + 1)
      for (let c = 0; c < 3; c++) {
        const upper = colours[3 * a + c] + beside * (colours[3 * b + c] - colours[3 * a + c])
        const lower = colours[3 * d + c] + beside * (colours[3 * e + c] - colours[3 * d + c])
        result[3 * (y * size + x) + c] = Math.min(1, factor * (upper + below * (lower - upper)))
      }
    }
  }
  return result
}
