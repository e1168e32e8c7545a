import type { Movement } from '../head/expressions/movement.ts'
import { type ExpressionName, expressionNames, visemeNames, visemes } from '../head/expressions/names.ts'

/** What each mesh of a head can be driven by, in the file's order: expressions by ARKit's names, then visemes. */
export const targetNames = [...expressionNames, ...visemeNames] as const
export type TargetName = (typeof targetNames)[number]

/**
 * A shorter offset is left out, centimetres: half a pixel of a head that fills a screen. Its vertex takes no space then, which is a
 * tenth of all offsets, and a fifth of falling hair's.
 */
const shortestOffset = 0.01

/**
 * What a morph target adds to the positions of a mesh at its full strength.
 *
 * @param vertices V
 * @returns V x 3, metres, 0 where a vertex stays; null: nothing of this mesh moves
 * @throws RangeError where the movement is of a mesh with fewer or more vertices
 */
export function morphTarget(
  { morphs }: Movement,
  name: TargetName,
  vertices: number,
): Float32Array<ArrayBuffer> | null {
  const sum = new Float32Array(3 * vertices)
  const mixture = name in visemes ? visemes[name as keyof typeof visemes] : { [name]: 1 }
  for (const [expression, weight] of Object.entries(mixture) as [ExpressionName, number][]) {
    const { vertices: moved, offsets } = morphs[expression]
    if (moved.length > 0 && moved[moved.length - 1] >= vertices) {
      throw new RangeError(
        `${expression} moves vertex ${moved[moved.length - 1]} of a mesh with ${vertices}.`,
      )
    }
    for (let i = 0; i < moved.length; i++)
      for (let c = 0; c < 3; c++) sum[3 * moved[i] + c] += weight * offsets[3 * i + c]
  }
  let moves = false
  for (let i = 0; i < sum.length; i += 3) {
    const seen = Math.hypot(sum[i], sum[i + 1], sum[i + 2]) >= shortestOffset
    for (let c = i; c < i + 3; c++) sum[c] = seen ? sum[c] / 100 : 0
    moves ||= seen
  }
  return moves ? sum : null
}
