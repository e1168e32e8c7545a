import { problem } from '../../client/refine/problem.ts'
import type { RefinementProblem } from '../../client/refine/types.ts'
import type { UvMesh } from '../../client/refine/vertex-renderer.ts'
import { randomArray } from './random.ts'

/** n x n squares of two triangles that fill the UV square. */
export function squareMesh(n: number): UvMesh {
  const side = n + 1
  const uv = Float32Array.from({ length: 2 * side * side }, (_, k) =>
    k % 2 ? Math.floor((k >> 1) / side) / n : ((k >> 1) % side) / n,
  )
  const triangles = Array.from({ length: n * n }, (_, i) => {
    const a = Math.floor(i / n) * side + (i % n)
    return [a, a + side, a + 1, a + 1, a + side, a + side + 1]
  })
  return { uv, triangles: Uint32Array.from(triangles.flat()) }
}

/** A small problem: grainy skin-coloured stripes, a disc of which the photo does not show. */
export function smallProblem(
  size = 32,
  options: { hole?: boolean; content?: Float32Array } = {},
): RefinementProblem {
  const area = size * size
  const grain = randomArray(area, 5, -0.1, 0.1)
  const truth = new Float32Array(3 * area).map((_, k) => {
    const i = Math.floor(k / 3)
    return [0.75, 0.55, 0.45][k % 3] + 0.1 * Math.sin((i % size) / 3) + grain[i]
  })
  const { hole = true } = options
  const hidden = (i: number) =>
    hole && Math.hypot((i % size) - size * 0.7, Math.floor(i / size) - size * 0.5) < size * 0.2
  const weight = new Float32Array(area).map((_, i) => (hidden(i) ? 0 : 1))
  const uv = new Float32Array(2 * area).map(
    (_, k) => ((k % 2 ? Math.floor(k / 2 / size) : (k >> 1) % size) + 0.5) / size,
  )
  return problem(
    {
      size,
      content: truth.map((value, k) => (hidden(Math.floor(k / 3)) ? [0.75, 0.55, 0.45][k % 3] : value)),
      sampled: truth.map((value, k) => (hidden(Math.floor(k / 3)) ? 0 : value)),
      weight,
      evidence: Uint8Array.from(weight, (w) => (w > 0 ? 1 : 0)),
      coverage: new Uint8Array(area).fill(1),
      features: new Uint8Array(area),
      symmetric: true,
      mesh: squareMesh(4),
      view: { size, photo: truth, uv, mask: weight },
    },
    { content: options.content },
  )
}
