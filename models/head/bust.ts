/** The bust that a head stands on: the shoulders of MakeHuman's body under plain cloth, which begins at the end of the neck. */
import { vertexNormals } from '../../client/capture/mesh/normals.ts'
import { type Bust, opennessSteps, positionStep } from '../../client/head/bust.ts'
import { smoothstep } from '../../client/image/smoothstep.ts'
import type { Surface } from './openness.ts'
import { distanceAlong, trianglesAbout, trianglesAcross } from './ray.ts'

/**
 * Centimetres, in the body's frame. By eye, on renders. The bust is what is seen from a point within the chest: in each direction
 * one place.
 */
const shape = {
  /** The point, in the body's middle. */
  centre: [0, 46, 1.5],
  /** The collar lies at this height, where the neck's axis is, and falls to the front. */
  collar: 58.4,
  fall: 0.33,
  axis: 2,
  /** The arms are cut off this far from the middle, at the centre's height, and further out above it. */
  arms: 16.2,
  armsByHeight: 0.42,
  /** The lower edge: its height in the middle, before and behind, and how much higher it is where the arms are cut off. */
  front: 36.5,
  back: 39,
  rise: 5,
  /** How thick the cloth lies. */
  cloth: 0.5,
  /** How often it is smoothed. */
  taut: 50,
}
/** The higher, the sharper the edge where the arms are cut off. */
const armEdge = 17
/** Degrees between two looks from the centre, from the neck down. */
const step = 1.5
const steps = 90
/** Nothing is further from the centre. */
const farthest = 40

/**
 * The rows from the neck down: how far below the collar's top, along the body, and how far before it. Centimetres. The first
 * go up behind the collar, which is a band with a seam below.
 */
const collarRows = [
  [0.35, 0.12],
  [0.02, 0.2],
  [-0.05, 0.34],
  [0.12, 0.5],
  [0.6, 0.56],
  [1.2, 0.56],
  [1.65, 0.5],
  [1.85, 0.36],
  [2.1, 0.46],
]
/** Of these rows the one in the seam, and how much of the light reaches it. */
const seam = { row: 7, light: 0.5 }
/** Rows from there to the lower edge. */
const clothRows = 13
/** The rows around the edge: how far on, and how far before the body. */
const edgeRows = [
  [0.35, 0.2],
  [0.5, -0.35],
  [0.45, -1],
]
/** The rows beneath: shares of the way to the middle. */
const lowerRows = [0.3, 0.7]
/** The middle lies this much higher than the edge. */
const hollow = 2

/**
 * @param body the reference body, whose skin the cloth lies on
 * @param neck C x 3: the closed line at which its neck ends, with the neck to its left
 * @returns all but its openness, in the body's frame
 */
export function bustOf(body: Surface, neck: ArrayLike<number>): Omit<Bust, 'openness'> {
  const lines = linesOn(body, azimuthsOf(neck))
  const rows = rowsAlong(lines)
  const last = rows.at(-1)!
  const middle = [0, 1, 2].map((c) => last.reduce((sum, point) => sum + point[c], 0) / last.length)
  middle[1] += hollow
  for (const share of lowerRows)
    rows.push(last.map((point) => point.map((value, c) => value + share * (middle[c] - value))))
  return { columns: lines.length, positions: Float32Array.from([...rows.flat(2), ...middle]) }
}

/** Points of a column from the neck down. */
type Line = number[][]

/** Where the body's skin lies along each column, without its arms, smooth from the collar on. */
function linesOn(body: Surface, azimuths: number[]): Line[] {
  const near = trianglesAbout(body, shape.centre, farthest)
  const reach = azimuths.map((azimuth) => {
    const crossed = trianglesAcross(azimuth, near)
    return Array.from({ length: steps }, (_, k) => {
      const direction = directionOf(azimuth, k)
      return withoutArms(distanceAlong(direction, crossed, farthest), direction)
    })
  })
  const lines = (reach: number[][]): Line[] =>
    reach.map((distances, column) =>
      distances.map((distance, k) =>
        directionOf(azimuths[column], k).map((value, c) => shape.centre[c] + distance * value),
      ),
    )
  return lines(smoothed(reach, lines(reach).map(collarStep)))
}

/** The rows over the collar, down the cloth and around its edge: each a point a column. */
function rowsAlong(lines: Line[]): number[][][] {
  const normals = normalsOf(lines)
  const lengths = lines.map(lengthsOf)
  const rows: number[][][] = []
  /** A row that far along the columns, and so far before the body. */
  const row = (along: (column: number) => number, before: number) =>
    rows.push(
      lines.map((line, column) => {
        const place = along(column)
        const normal = interpolate(normals[column], lengths[column], place)
        const unit = Math.hypot(...normal)
        return interpolate(line, lengths[column], place).map(
          (value, c) => value + (before * normal[c]) / unit,
        )
      }),
    )
  const lengthAt = (column: number, step: number) => {
    const [before, after] = [Math.floor(step), Math.floor(step) + 1].map((k) => lengths[column][k])
    return before + (step % 1) * (after - before)
  }
  const collar = lines.map((line, column) => lengthAt(column, collarStep(line)))
  const edge = lines.map((line, column) => lengthAt(column, edgeStep(line)))
  for (const [below, before] of collarRows) row((column) => collar[column] + below, before)
  const [band] = collarRows.at(-1)!
  for (let k = 1; k <= clothRows; k++) {
    const share = k / clothRows
    row((column) => (collar[column] + band) * (1 - share) + edge[column] * share, shape.cloth)
  }
  for (const [on, before] of edgeRows) row((column) => edge[column] + on, before)
  return rows
}

/** C: the directions in which the columns run, radians from the front to x > 0, in even steps where the neck's are not. */
function azimuthsOf(neck: ArrayLike<number>): number[] {
  const count = neck.length / 3
  const first = azimuthOf(neck, 0)
  let before = first
  // Without jumps by a whole turn.
  const turned = Array.from({ length: count }, (_, i) => {
    const turn = azimuthOf(neck, i) - before
    before += turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI))
    return before
  })
  const whole = 2 * Math.PI * Math.sign(turned[count - 1] - first)
  const off = turned.map((azimuth, i) => azimuth - first - (whole * i) / count)
  const mean = off.reduce((sum, value) => sum + value, 0) / count
  return off.map((_, i) => first + mean + (whole * i) / count)
}

function azimuthOf(neck: ArrayLike<number>, i: number): number {
  return Math.atan2(neck[3 * i] - shape.centre[0], neck[3 * i + 2] - shape.centre[2])
}

/** The k-th direction of a column: from 80 degrees upwards down. */
function directionOf(azimuth: number, k: number): number[] {
  const elevation = ((80 - step * k) * Math.PI) / 180
  const across = Math.cos(elevation)
  return [across * Math.sin(azimuth), Math.sin(elevation), across * Math.cos(azimuth)]
}

/** The distance, cut off where the arms are, with a round edge. */
function withoutArms(distance: number, [x, y]: number[]): number {
  // Where the ray meets the plane |x| = arms + armsByHeight * height.
  const approach = (Math.abs(x) - shape.armsByHeight * y) / shape.arms
  return (distance ** -armEdge + Math.max(0, approach) ** armEdge) ** (-1 / armEdge)
}

/**
 * Cloth that hangs from a collar is smoother than the body below, the more the further down.
 *
 * @param reach C x steps: how far the body reaches
 * @param from C: the steps at which the collar lies
 */
function smoothed(reach: number[][], from: number[]): number[][] {
  let taut = reach
  for (let pass = 0; pass < shape.taut; pass++)
    taut = taut.map((line, column) => {
      const [left, right] = [taut.at(column - 1)!, taut[(column + 1) % taut.length]]
      return line.map((value, k) => {
        const [above, below] = [line[Math.max(0, k - 1)], line[Math.min(steps - 1, k + 1)]]
        return value + 0.25 * (above + below - 2 * value) + 0.04 * (left[k] + right[k] - 2 * value)
      })
    })
  return reach.map((line, column) =>
    line.map((value, k) => value + smoothstep(2, 18, k - from[column]) * (taut[column][k] - value)),
  )
}

/** Unit normals of a grid of points: columns around, each from top to bottom. */
function normalsOf(lines: Line[]): number[][][] {
  const triangles = lines.flatMap((line, column) =>
    line.slice(1).flatMap((_, k) => {
      const [a, b] = [column, (column + 1) % lines.length].map((of) => of * line.length + k)
      return [a, a + 1, b, b, a + 1, b + 1]
    }),
  )
  const normals = vertexNormals(lines.flat(2), triangles)
  return lines.map((line, column) =>
    line.map((_, k) => {
      const from = 3 * (column * line.length + k)
      return [...normals.subarray(from, from + 3)]
    }),
  )
}

/** The step at which a column meets the collar's plane. */
function collarStep(line: Line): number {
  return crossing(line, ([, y, z]) => y - (shape.collar - shape.fall * (z - shape.axis)))
}

/** The step at which it meets the lower edge. */
function edgeStep(line: Line): number {
  return crossing(line, ([x, y, z]) => {
    const middle = shape.back + (shape.front - shape.back) * smoothstep(-6, 12, z)
    return y - (middle + shape.rise * Math.abs(x / shape.arms) ** 3.5)
  })
}

/** Where along a line something first falls below 0: steps. @throws Error where it does not */
function crossing(line: Line, of: (point: number[]) => number): number {
  const values = line.map(of)
  const after = values.findIndex((value, k) => k > 0 && value <= 0 && values[k - 1] > 0)
  if (after < 0) throw new Error('The body was expected to have a neck and shoulders.')
  return after - 1 + values[after - 1] / (values[after - 1] - values[after])
}

/** Lengths along a line up to each of its points. */
function lengthsOf(line: Line): number[] {
  let sum = 0
  return line.map((point, k) => {
    if (k > 0) sum += Math.hypot(...point.map((value, c) => value - line[k - 1][c]))
    return sum
  })
}

/** The value at that place of a list whose values stand at those places, in ascending order. */
function interpolate(list: number[][], places: number[], place: number): number[] {
  const after = Math.max(
    1,
    Math.min(
      list.length - 1,
      places.findIndex((value) => value > place),
    ),
  )
  const share = (place - places[after - 1]) / (places[after] - places[after - 1])
  return list[after].map((value, c) => list[after - 1][c] + share * (value - list[after - 1][c]))
}

/** How open a bust lies, darker along the collar's seam. @param open of its points */
export function withSeam(open: Float32Array, columns: number): Float32Array {
  return open.map((value, point) => (Math.floor(point / columns) === seam.row ? seam.light * value : value))
}

/**
 * The bytes that `readBust` reads.
 *
 * @throws Error where a number does not fit into two bytes: positions reach to 65 cm
 */
export function packBust({ columns, positions, openness }: Bust): Uint8Array {
  const places = Array.from(positions, (value) => Math.round(value / positionStep))
  if (places.some((value) => Math.abs(value) > 32_767))
    throw new Error('The bust does not fit into numbers of two bytes.')
  const channels = [0, 1, 2].map((c) => places.filter((_, i) => i % 3 === c))
  const differences = channels.flatMap((channel) => channel.map((value, i) => value - (channel[i - 1] ?? 0)))
  const numbers = Uint16Array.from([columns, (openness.length - 1) / columns, ...differences])
  const bytes = new Uint8Array(numbers.byteLength + openness.length)
  bytes.set(new Uint8Array(numbers.buffer))
  bytes.set(
    openness.map((value) => Math.round(value * opennessSteps)),
    numbers.byteLength,
  )
  return bytes
}
