import type { Mesh } from '../../client/capture/types.ts'

/** Degrees, as Pose of capture/types.ts: yaw > 0 looks to the image's right, pitch > 0 up, roll > 0 is clockwise. */
export interface Turn {
  yaw: number
  pitch: number
  roll?: number
}

/** Rays per pixel and axis. */
const supersampling = 2
const background = 0.16

/**
 * An unlit orthographic picture of a textured face, turned about the middle of its mesh, back faces left out. The
 * scale is the same for every turn: 90% of the picture for the mesh's greatest extent.
 *
 * @param texture N x N x 3, sRGB-encoded, 0..1; looked up bilinearly.
 * @returns size x size x 3, sRGB-encoded, 0..1.
 */
export function renderFace(mesh: Mesh, texture: Float32Array, turn: Turn, size: number): Float32Array {
  const side = size * supersampling
  const screen = project(mesh.positions, turn, side)
  const depth = new Float32Array(side * side).fill(Number.NEGATIVE_INFINITY)
  const fine = new Float32Array(side * side * 3).fill(background)
  for (let t = 0; t < mesh.triangles.length; t += 3)
    drawTriangle(mesh.triangles.subarray(t, t + 3), screen, mesh.uv, texture, { side, depth, fine })
  return reduce(fine, size)
}

/** V x 3: px, py (down), z towards the viewer. */
function project(positions: Float32Array, turn: Turn, side: number): Float32Array {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  positions.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3], value)
    high[i % 3] = Math.max(high[i % 3], value)
  })
  const centre = low.map((value, c) => (value + high[c]) / 2)
  const scale = (0.9 * side) / Math.max(...high.map((value, c) => value - low[c]))
  const [yaw, pitch, roll] = [turn.yaw, turn.pitch, turn.roll ?? 0].map(
    (degrees) => (degrees * Math.PI) / 180,
  )
  const screen = new Float32Array(positions.length)
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [0, 1, 2].map((c) => positions[i + c] - centre[c])
    const [y1, z1] = turned(y, z, pitch)
    const [x2, z2] = turned(x, z1, yaw)
    const [x3, y3] = turned(x2, y1, roll)
    screen.set([side / 2 + scale * x3, side / 2 - scale * y3, scale * z2], i)
  }
  return screen
}

/** Turns b towards a. */
function turned(a: number, b: number, angle: number): [number, number] {
  return [a * Math.cos(angle) + b * Math.sin(angle), b * Math.cos(angle) - a * Math.sin(angle)]
}

function drawTriangle(
  [a, b, c]: Uint32Array,
  screen: Float32Array,
  uv: Float32Array,
  texture: Float32Array,
  { side, depth, fine }: { side: number; depth: Float32Array; fine: Float32Array },
) {
  const [ax, ay, bx, by, cx, cy] = [a, b, c].flatMap((v) => [screen[3 * v], screen[3 * v + 1]])
  // Counter-clockwise from outside turns clockwise where y points down.
  const area = (cx - ax) * (by - ay) - (bx - ax) * (cy - ay)
  if (area <= 0) return
  const bound = (value: number) => Math.min(side - 1, Math.max(0, value))
  for (let y = bound(Math.floor(Math.min(ay, by, cy))); y <= bound(Math.ceil(Math.max(ay, by, cy))); y++) {
    for (let x = bound(Math.floor(Math.min(ax, bx, cx))); x <= bound(Math.ceil(Math.max(ax, bx, cx))); x++) {
      const [px, py] = [x + 0.5, y + 0.5]
      const wb = ((cx - ax) * (py - ay) - (px - ax) * (cy - ay)) / area
      const wc = ((px - ax) * (by - ay) - (bx - ax) * (py - ay)) / area
      const wa = 1 - wb - wc
      if (wa < 0 || wb < 0 || wc < 0) continue
      const mix = (values: Float32Array, stride: number, k: number) =>
        wa * values[stride * a + k] + wb * values[stride * b + k] + wc * values[stride * c + k]
      const z = mix(screen, 3, 2)
      const at = y * side + x
      if (z <= depth[at]) continue
      depth[at] = z
      fine.set(bilinear(texture, mix(uv, 2, 0), mix(uv, 2, 1)), 3 * at)
    }
  }
}

function bilinear(texture: Float32Array, u: number, v: number): number[] {
  const size = Math.sqrt(texture.length / 3)
  const x = Math.min(size - 1, Math.max(0, u * size - 0.5))
  const y = Math.min(size - 1, Math.max(0, v * size - 0.5))
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const [x1, y1] = [Math.min(size - 1, x0 + 1), Math.min(size - 1, y0 + 1)]
  const [fx, fy] = [x - x0, y - y0]
  return [0, 1, 2].map((c) => {
    const at = (column: number, row: number) => texture[3 * (row * size + column) + c]
    return (
      (at(x0, y0) * (1 - fx) + at(x1, y0) * fx) * (1 - fy) + (at(x0, y1) * (1 - fx) + at(x1, y1) * fx) * fy
    )
  })
}

/** Means of supersampling x supersampling pixels. */
function reduce(fine: Float32Array, size: number): Float32Array {
  const side = size * supersampling
  const picture = new Float32Array(size * size * 3)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      for (let c = 0; c < 3; c++)
        picture[3 * (Math.floor(y / supersampling) * size + Math.floor(x / supersampling)) + c] +=
          fine[3 * (y * side + x) + c] / supersampling ** 2
  return picture
}
