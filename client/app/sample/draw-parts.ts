import { bilinear } from '../../image/sample.ts'

interface Image {
  width: number
  height: number
  /** RGBA, 0..1, sRGB-encoded. */
  data: Float32Array
}

/** Triangles with a texture. */
export interface Part {
  positions: Float32Array
  uv: Float32Array
  triangles: Uint32Array
  texture: Image
  /** V x 4, linear, 0..1, opacity last: what the texture is multiplied by; null: nothing. */
  colours: Float32Array | null
}

/** Takes V x 3 to V x 4: pixel, row, depth (smaller is nearer) and 1, as `project` and `HeadView` do. */
export type Projection = (positions: Float32Array) => Float32Array

/** What is less opaque is not drawn, as in `headGlb`. */
const leastOpacity = 0.45
/** Colours are multiplied by light, of which sRGB holds about this root. */
const gamma = 2.2

/**
 * A picture as the viewer draws a head with hair: unlit, from both sides, with an alpha test.
 *
 * @param ground of the picture where nothing is drawn, 0..1
 * @returns `rgb` height x width x 3, 0..1, and `mask` height x width, 1 where something is drawn
 */
export function drawParts(
  parts: readonly Part[],
  project: Projection,
  width: number,
  height: number,
  ground = 0.6,
): { rgb: Float32Array; mask: Uint8Array } {
  const rgb = new Float32Array(3 * width * height).fill(ground)
  const mask = new Uint8Array(width * height)
  const depth = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY)
  for (const part of parts) {
    const screen = project(part.positions)
    for (let t = 0; t < part.triangles.length; t += 3) drawTriangle(part, screen, t)
  }
  return { rgb, mask }

  function drawTriangle({ triangles, uv, texture, colours }: Part, screen: Float32Array, t: number): void {
    const corners = [triangles[t], triangles[t + 1], triangles[t + 2]]
    const [ax, bx, cx] = corners.map((v) => screen[4 * v])
    const [ay, by, cy] = corners.map((v) => screen[4 * v + 1])
    const area = (by - ay) * (cx - ax) - (bx - ax) * (cy - ay)
    if (area === 0) return
    const [left, right] = pixels(ax, bx, cx, width)
    const [top, bottom] = pixels(ay, by, cy, height)
    for (let y = top; y <= bottom; y++)
      for (let x = left; x <= right; x++) {
        const [dx, dy] = [x + 0.5 - ax, y + 0.5 - ay]
        const b = (dy * (cx - ax) - dx * (cy - ay)) / area
        const c = (dx * (by - ay) - dy * (bx - ax)) / area
        const a = 1 - b - c
        if (a < 0 || b < 0 || c < 0) continue
        const mixed = (values: Float32Array, stride: number, k: number) =>
          a * values[stride * corners[0] + k] +
          b * values[stride * corners[1] + k] +
          c * values[stride * corners[2] + k]
        const i = y * width + x
        const z = mixed(screen, 4, 2)
        if (z >= depth[i]) continue
        const [u, v] = [mixed(uv, 2, 0) * texture.width, mixed(uv, 2, 1) * texture.height]
        const texel = (k: number) => bilinear(texture.data, texture.width, texture.height, 4, k, u, v)
        if (texel(3) * (colours ? mixed(colours, 4, 3) : 1) < leastOpacity) continue
        depth[i] = z
        mask[i] = 1
        for (let k = 0; k < 3; k++)
          rgb[3 * i + k] = texel(k) * (colours ? mixed(colours, 4, k) ** (1 / gamma) : 1)
      }
  }
}

/** First and last pixel whose centre may lie within, of so many. */
function pixels(a: number, b: number, c: number, count: number): [number, number] {
  return [
    Math.max(0, Math.ceil(Math.min(a, b, c) - 0.5)),
    Math.min(count - 1, Math.floor(Math.max(a, b, c) - 0.5)),
  ]
}
