/** Which triangle each pixel shows. */

export interface Raster {
  width: number
  height: number
  /** height x width: index of the nearest triangle at the pixel's centre, -1 where there is none. */
  triangle: Int32Array
  /** height x width x 2: barycentric weights of the triangle's second and third vertex, in perspective. */
  weights: Float32Array
  /** height x width: depth at the pixel's centre, Infinity where there is no triangle. */
  depth: Float32Array
}

/**
 * Rasterises triangles with a depth buffer. Pixel (i, j) is sampled at (i + 0.5, j + 0.5).
 *
 * @param screen V x 4: x, y in pixels of the raster (y down), depth (smaller is nearer), 1 / w (1 for flat layouts)
 * @param triangles T x 3 vertex indices
 * @param cull leave out the triangles that are clockwise from outside, that is, seen from behind
 */
export function rasterize(
  screen: Float32Array,
  triangles: Uint32Array,
  width: number,
  height: number,
  { cull = false }: { cull?: boolean } = {},
): Raster {
  const triangle = new Int32Array(width * height).fill(-1)
  const weights = new Float32Array(width * height * 2)
  const depth = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY)
  for (let t = 0; 3 * t < triangles.length; t++) {
    const a = 4 * triangles[3 * t]
    const b = 4 * triangles[3 * t + 1]
    const c = 4 * triangles[3 * t + 2]
    const ax = screen[a]
    const ay = screen[a + 1]
    const bx = screen[b]
    const by = screen[b + 1]
    const cx = screen[c]
    const cy = screen[c + 1]
    // Positive where the triangle is counter-clockwise to the eye: y points down.
    const area = (by - ay) * (cx - ax) - (bx - ax) * (cy - ay)
    if (!(cull ? area > 0 : area !== 0)) continue
    const aw = screen[a + 3]
    const bw = screen[b + 3]
    const cw = screen[c + 3]
    if (!(aw > 0 && bw > 0 && cw > 0)) continue
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5))
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5))
    const inverse = 1 / area
    const az = screen[a + 2]
    const bz = screen[b + 2]
    const cz = screen[c + 2]
    for (let y = top; y <= bottom; y++) {
      const dy = y + 0.5 - ay
      for (let x = left; x <= right; x++) {
        const dx = x + 0.5 - ax
        const wb = (dy * (cx - ax) - dx * (cy - ay)) * inverse
        const wc = (dx * (by - ay) - dy * (bx - ax)) * inverse
        const wa = 1 - wb - wc
        if (wa < 0 || wb < 0 || wc < 0) continue
        const z = wa * az + wb * bz + wc * cz
        const i = y * width + x
        if (z >= depth[i]) continue
        depth[i] = z
        triangle[i] = t
        const w = wa * aw + wb * bw + wc * cw
        weights[2 * i] = (wb * bw) / w
        weights[2 * i + 1] = (wc * cw) / w
      }
    }
  }
  return { width, height, triangle, weights, depth }
}

/**
 * Interpolates a vertex attribute over a raster.
 *
 * @param triangles T x 3, as they were rasterised
 * @param attribute V x channels
 * @returns height x width x channels; 0 where there is no triangle.
 */
export function interpolate(
  { triangle, weights }: Raster,
  triangles: Uint32Array,
  attribute: Float32Array,
  channels: number,
): Float32Array {
  const result = new Float32Array(triangle.length * channels)
  for (let i = 0; i < triangle.length; i++) {
    const t = 3 * triangle[i]
    if (t < 0) continue
    const a = triangles[t] * channels
    const b = triangles[t + 1] * channels
    const c = triangles[t + 2] * channels
    const wb = weights[2 * i]
    const wc = weights[2 * i + 1]
    const wa = 1 - wb - wc
    if (channels === 1) {
      result[i] = wa * attribute[a] + wb * attribute[b] + wc * attribute[c]
      continue
    }
    for (let k = 0; k < channels; k++)
      result[i * channels + k] = wa * attribute[a + k] + wb * attribute[b + k] + wc * attribute[c + k]
  }
  return result
}

/** {@link interpolate} at one pixel that shows a triangle. @param attribute V */
export function interpolateAt(
  { triangle, weights }: Raster,
  triangles: Uint32Array,
  attribute: Float32Array,
  pixel: number,
): number {
  const t = 3 * triangle[pixel]
  const wb = weights[2 * pixel]
  const wc = weights[2 * pixel + 1]
  return (
    (1 - wb - wc) * attribute[triangles[t]] +
    wb * attribute[triangles[t + 1]] +
    wc * attribute[triangles[t + 2]]
  )
}

/** A texture layout as `rasterize` takes it: V x 4, the UVs in texels, depth 0. @param uv V x 2, 0..1 */
export function texelLayout(uv: Float32Array, size: number): Float32Array {
  const layout = new Float32Array(uv.length * 2)
  for (let v = 0; 2 * v < uv.length; v++) {
    layout[4 * v] = uv[2 * v] * size
    layout[4 * v + 1] = uv[2 * v + 1] * size
    layout[4 * v + 3] = 1
  }
  return layout
}
