import { rasterize } from '../../client/capture/mesh/rasterize.ts'
import { smoothstep } from '../../client/image/smoothstep.ts'

export interface Surface {
  /** V x 3, centimetres, y up */
  positions: ArrayLike<number>
  /** T x 3 */
  triangles: ArrayLike<number>
}

/** Spread evenly over the sphere. */
const directions = 60
/** What comes from steeper below is the body's shadow anyway. */
const lowest = -0.6
/** Side of the pictures that tell what is in the way, in pixels. */
const size = 512
/** What is this near does not hide a vertex yet, and what is this far before it hides it: centimetres. */
const [near, far] = [0.15, 1.4]

/**
 * How open hair lies: the share of directions in which a vertex sees past hair and body, those from above counting more.
 *
 * @returns V of the hair, 0..1
 */
export function openness(hair: Surface, body: Surface): Float32Array {
  const count = hair.positions.length / 3
  const corners = [...Array.from(hair.triangles), ...Array.from(body.triangles, (v) => count + v)]
  const triangles = Uint32Array.from(corners)
  const positions = Float64Array.from([...Array.from(hair.positions), ...Array.from(body.positions)])
  const { centre, radius } = sphereAround(hair.positions)
  const scale = (0.48 * size) / radius
  const open = new Float32Array(count)
  const screen = new Float32Array((4 * positions.length) / 3)
  let total = 0
  for (const sky of sphere(directions)) {
    if (sky[1] < lowest) continue
    const [right, up] = plane(sky)
    for (let v = 0; 3 * v < positions.length; v++) {
      const along = (axis: number[]) =>
        axis.reduce((sum, value, c) => sum + value * (positions[3 * v + c] - centre[c]), 0)
      screen.set([size / 2 + scale * along(right), size / 2 - scale * along(up), -along(sky), 1], 4 * v)
    }
    const { depth } = rasterize(screen, triangles, size, size)
    const weight = 0.6 + 0.4 * sky[1]
    total += weight
    for (let v = 0; v < count; v++) {
      const pixel = Math.floor(screen[4 * v + 1]) * size + Math.floor(screen[4 * v])
      open[v] += weight * (1 - smoothstep(near, far, screen[4 * v + 2] - depth[pixel]))
    }
  }
  return open.map((value) => value / total)
}

/** Fibonacci's lattice on the unit sphere. */
function sphere(count: number): number[][] {
  return Array.from({ length: count }, (_, k) => {
    const y = 1 - (2 * (k + 0.5)) / count
    const angle = Math.PI * (1 + Math.sqrt(5)) * (k + 0.5)
    const radius = Math.sqrt(1 - y * y)
    return [radius * Math.cos(angle), y, radius * Math.sin(angle)]
  })
}

/** Two unit vectors across a direction and each other. */
function plane([x, y, z]: number[]): [number[], number[]] {
  const right = Math.abs(y) < 0.9 ? [z, 0, -x] : [0, -z, y]
  const length = Math.hypot(...right)
  const [rx, ry, rz] = right.map((value) => value / length)
  return [
    [rx, ry, rz],
    [y * rz - z * ry, z * rx - x * rz, x * ry - y * rx],
  ]
}

function sphereAround(positions: ArrayLike<number>): { centre: number[]; radius: number } {
  const bounds = [0, 1, 2].map((c) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let i = c; i < positions.length; i += 3) {
      low = Math.min(low, positions[i])
      high = Math.max(high, positions[i])
    }
    return [low, high]
  })
  const centre = bounds.map(([low, high]) => (low + high) / 2)
  return { centre, radius: Math.hypot(...bounds.map(([low, high]) => (high - low) / 2)) }
}
