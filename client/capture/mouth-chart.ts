/**
 * A UV chart for the inside of the mouth. The face mesh's own layout is that of a closed mouth: teeth would share a few
 * hundred texels and smear on every smile.
 */

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
