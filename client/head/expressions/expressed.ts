import type { Movement, Pivots } from './movement.ts'
import type { ExpressionName, ExpressionWeights } from './names.ts'

/** How a head is turned against its body: 3 x 3 rotations, row-major, head frame. */
export interface HeadTurn {
  /** Of the bone `Neck` against the body. */
  neck: ArrayLike<number>
  /** Of the bone `Head` against `Neck`. */
  head: ArrayLike<number>
}

/**
 * Vertices as an expression moves them, and after it the bones (linear blend skinning, as glTF has it).
 *
 * @param positions V x 3, centimetres, head frame: at rest
 * @param turn left out: the head looks straight ahead
 * @param dst V x 3, where given: filled and returned
 * @returns V x 3
 */
export function expressed(
  positions: Float32Array,
  { morphs, bones }: Movement,
  weights: ExpressionWeights,
  turn?: HeadTurn & { pivots: Pivots },
  dst: Float32Array = new Float32Array(positions.length),
): Float32Array {
  dst.set(positions)
  for (const [name, weight] of Object.entries(weights) as [ExpressionName, number | undefined][]) {
    if (!weight) continue
    const { vertices, offsets } = morphs[name]
    for (let i = 0; i < vertices.length; i++)
      for (let c = 0; c < 3; c++) dst[3 * vertices[i] + c] += weight * offsets[3 * i + c]
  }
  if (turn) turnBones(dst, bones, turn)
  return dst
}

function turnBones(
  positions: Float32Array,
  bones: Float32Array,
  { neck, head, pivots }: HeadTurn & { pivots: Pivots },
) {
  const p = new Float64Array(3)
  const byHead = new Float64Array(3)
  const byNeck = new Float64Array(3)
  for (let v = 0; v < bones.length / 2; v++) {
    const [wNeck, wHead] = [bones[2 * v], bones[2 * v + 1]]
    if (wNeck === 0 && wHead === 0) continue
    for (let c = 0; c < 3; c++) p[c] = positions[3 * v + c]
    rotate(neck, pivots.neck, p, byNeck)
    rotate(head, pivots.head, p, byHead)
    rotate(neck, pivots.neck, byHead, byHead)
    for (let c = 0; c < 3; c++)
      positions[3 * v + c] = p[c] + wNeck * (byNeck[c] - p[c]) + wHead * (byHead[c] - p[c])
  }
}

/** About a pivot; `result` may be `point`. */
function rotate(
  rotation: ArrayLike<number>,
  pivot: readonly [number, number, number],
  point: Float64Array,
  result: Float64Array,
) {
  const [x, y, z] = [point[0] - pivot[0], point[1] - pivot[1], point[2] - pivot[2]]
  for (let row = 0; row < 3; row++)
    result[row] = pivot[row] + rotation[3 * row] * x + rotation[3 * row + 1] * y + rotation[3 * row + 2] * z
}
