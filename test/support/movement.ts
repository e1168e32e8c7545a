import type { Movement } from '../../client/head/expressions/movement.ts'
import { type ExpressionName, expressionNames } from '../../client/head/expressions/names.ts'

/**
 * Movement that is easy to check: each expression takes one vertex in five forwards by a centimetre, the first starting with
 * vertex 0, the second with 1, and so on; `Head` takes along the upper half of the vertices, `Neck` a quarter of the next.
 *
 * @param vertices V
 */
export function simpleMovement(vertices: number): Movement {
  const morphs = Object.fromEntries(
    expressionNames.map((name, k) => {
      const moved: number[] = []
      for (let v = k % 5; v < vertices; v += 5) moved.push(v)
      const offsets = Float32Array.from({ length: 3 * moved.length }, (_, i) => (i % 3 === 2 ? 1 : 0))
      return [name, { vertices: Uint32Array.from(moved), offsets }]
    }),
  ) as Record<ExpressionName, Movement['morphs'][ExpressionName]>
  const bones = new Float32Array(2 * vertices)
  for (let v = 0; v < vertices; v++) {
    if (v < vertices / 2) bones[2 * v + 1] = 1
    else if (v < (3 * vertices) / 4) bones[2 * v] = 0.25
  }
  return { morphs, bones }
}
