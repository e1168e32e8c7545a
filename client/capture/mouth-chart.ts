/**
 * A UV chart for the inside of the mouth. The face mesh's own layout is that of a closed mouth: teeth would share a few
 * hundred texels and smear on every smile.
 */

import { smoothstep } from './visibility.ts'

/** Inner lip contour of the face mesh: image-left corner, along the upper lip to the right corner, back along the lower. */
const innerLips = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95]

/**
 * The ellipse that takes the contour, in UV: the free lower-left corner. The layout's lower-right corner is free as well,
 * so the chart's mirror image (u -> 1 - u) lies on no texel of the face.
 */
const ellipse = { u: 0.126, v: 0.926, width: 0.104, height: 0.052 }

/**
 * Cuts the triangles between the lips off the layout and lays them out anew. Vertices keep their indices; the contour's 20
 * vertices are there twice, the second time at the end.
 *
 * @param uv V x 2
 * @param triangles T x 3, MediaPipe's vertex order
 * @returns uv (V + 20) x 2, triangles of unchanged order, and `origin`: for each vertex the one at whose place it is.
 */
export function withMouthChart(
  uv: ArrayLike<number>,
  triangles: ArrayLike<number>,
): { uv: Float32Array; triangles: Uint32Array; origin: Uint32Array } {
  const vertices = uv.length / 2
  const copies = new Map(innerLips.map((vertex, i) => [vertex, vertices + i]))
  const layout = new Float32Array((vertices + innerLips.length) * 2)
  layout.set(uv)
  innerLips.forEach((_, i) => {
    const angle = Math.PI * (1 - (2 * i) / innerLips.length)
    layout[2 * (vertices + i)] = ellipse.u + ellipse.width * Math.cos(angle)
    layout[2 * (vertices + i) + 1] = ellipse.v - ellipse.height * Math.sin(angle)
  })
  const split = Uint32Array.from(triangles)
  for (let t = 0; t < split.length; t += 3) {
    const corners = split.subarray(t, t + 3)
    if (corners.every((vertex) => copies.has(vertex))) corners.set(corners.map((v) => copies.get(v) ?? v))
  }
  const origin = Uint32Array.from({ length: vertices + innerLips.length }, (_, v) =>
    v < vertices ? v : innerLips[v - vertices],
  )
  return { uv: layout, triangles: split, origin }
}

/** Does a UV lie in the mouth's chart? */
export function inMouthChart(u: number, v: number): boolean {
  return Math.hypot((u - ellipse.u) / ellipse.width, (v - ellipse.v) / ellipse.height) <= 1
}

/** @returns size x size, 1 where a texel's centre lies in the mouth's chart */
export function mouthTexels(size: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, i) =>
    inMouthChart(((i % size) + 0.5) / size, (Math.floor(i / size) + 0.5) / size) ? 1 : 0,
  )
}

/**
 * Gap between the lips, centimetres of a head whose outer eye corners are 9 apart. Of ten portraits' landmarks closed lips
 * are up to 0.13 apart, those of a smile 0.33 or more, next to the corner too.
 */
const gap = { closed: 0.15, open: 0.3 }

/**
 * Closed lips show nothing of the mouth: what a landmark's error leaves of a gap there is a smear of lip. For each column of
 * the chart by how far the lips are apart.
 *
 * @param coverage size x size
 * @param positions size x size x 3, centimetres
 * @returns size x size, 0 (closed) to 1 (open, and all around the chart)
 */
export function mouthOpening(coverage: Uint8Array, positions: Float32Array, size: number): Float32Array {
  const opening = new Float32Array(size * size).fill(1)
  for (let x = 0; x < size; x++) {
    const column: number[] = []
    for (let i = x; i < opening.length; i += size)
      if (coverage[i] && inMouthChart((x + 0.5) / size, (Math.floor(i / size) + 0.5) / size)) column.push(i)
    if (column.length === 0) continue
    const [top, bottom] = [column[0], column[column.length - 1]]
    const between = Math.hypot(...[0, 1, 2].map((c) => positions[3 * top + c] - positions[3 * bottom + c]))
    // From centre to centre it is one texel less than from lip to lip.
    const apart = column.length > 1 ? (between * column.length) / (column.length - 1) : 0
    for (const i of column) opening[i] = smoothstep(gap.closed, gap.open, apart)
  }
  return opening
}
