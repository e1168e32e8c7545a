/**
 * A UV chart for the inside of the mouth. The face mesh's own layout is that of a closed mouth: teeth would share a few
 * hundred texels and smear on every smile.
 */

import { innerLips } from '../../face/contours.ts'
import { mouthEllipse } from '../../face/mouth-chart.ts'

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
    layout[2 * (vertices + i)] = mouthEllipse.u + mouthEllipse.width * Math.cos(angle)
    layout[2 * (vertices + i) + 1] = mouthEllipse.v - mouthEllipse.height * Math.sin(angle)
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
