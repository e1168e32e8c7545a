/**
 * The official renderer (README, row 10): a vertex takes the colour of the texel that holds it, and a pixel interpolates the
 * three vertices of its triangle. Texels between the vertices never get a gradient. Here to reproduce it, not to use it.
 */
import type { Renderer } from './renderer.ts'

/** A triangle mesh in UV space. */
export interface UvMesh {
  /** V x 2 in 0..1, origin top-left. */
  uv: Float32Array
  /** T x 3 vertex indices. */
  triangles: Uint32Array
}

/** Cells a side of the grid that finds the triangles near a UV. */
const cellsPerSide = 64
/** How far outside a triangle (barycentric) a pixel on its edge may fall by rounding, or after averaging its UV. */
const edge = 0.05

/**
 * Maps texels to vertices, then vertices to pixels: in one stage a texel would have a tap for each pixel around its vertex.
 * Pixels that no triangle holds render as 0.
 *
 * @param uv P x 2, 0..1 @param mask P, 0 or 1 @param size texture side
 */
export function vertexRenderer(uv: Float32Array, mask: Float32Array, size: number, mesh: UvMesh): Renderer {
  const vertices = mesh.uv.length / 2
  const texels = Int32Array.from(
    { length: vertices },
    (_, k) => texelOf(mesh.uv[2 * k + 1], size) * size + texelOf(mesh.uv[2 * k], size),
  )
  const cells = triangleCells(mesh)
  const index = new Int32Array(3 * mask.length)
  const weight = new Float32Array(3 * mask.length)
  for (let p = 0; p < mask.length; p++) {
    if (mask[p] === 0) continue
    const [u, v] = [uv[2 * p], uv[2 * p + 1]]
    let best = { inside: -edge, corners: [0, 0, 0], shares: [0, 0, 0] }
    for (const t of cells[cellOf(v) * cellsPerSide + cellOf(u)]) {
      const corners = [0, 1, 2].map((k) => mesh.triangles[3 * t + k])
      const shares = barycentric(u, v, corners, mesh.uv)
      const inside = Math.min(...shares)
      if (inside > best.inside) best = { inside, corners, shares }
    }
    index.set(best.corners, 3 * p)
    weight.set(best.shares, 3 * p)
  }
  return [
    { taps: 1, index: texels, weight: new Float32Array(vertices).fill(1) },
    { taps: 3, index, weight },
  ]
}

const clamp = (i: number, count: number) => Math.min(Math.max(i, 0), count - 1)
const cellOf = (coordinate: number) => clamp(Math.floor(coordinate * cellsPerSide), cellsPerSide)
const texelOf = (coordinate: number, size: number) => clamp(Math.floor(coordinate * size), size)

/** The triangles whose bounding box touches each cell. */
function triangleCells({ uv, triangles }: UvMesh): number[][] {
  const cells: number[][] = Array.from({ length: cellsPerSide * cellsPerSide }, () => [])
  for (let t = 0; t < triangles.length / 3; t++) {
    const [us, vs] = [0, 1].map((axis) => [0, 1, 2].map((k) => uv[2 * triangles[3 * t + k] + axis]))
    for (let row = cellOf(Math.min(...vs)); row <= cellOf(Math.max(...vs)); row++) {
      for (let column = cellOf(Math.min(...us)); column <= cellOf(Math.max(...us)); column++)
        cells[row * cellsPerSide + column].push(t)
    }
  }
  return cells
}

/** Shares of the corners at (u, v); a triangle without area holds nothing. */
function barycentric(u: number, v: number, corners: readonly number[], uv: Float32Array): number[] {
  const [ax, ay, bx, by, cx, cy] = corners.flatMap((k) => [uv[2 * k], uv[2 * k + 1]])
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
  if (area === 0) return [-1, -1, -1]
  const b = ((u - ax) * (cy - ay) - (cx - ax) * (v - ay)) / area
  const c = ((bx - ax) * (v - ay) - (u - ax) * (by - ay)) / area
  return [1 - b - c, b, c]
}
