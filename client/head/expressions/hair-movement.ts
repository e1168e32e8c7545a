import type { Mesh } from '../../face/types.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { type HairBinding, neighbourCount } from '../hair/binding.ts'
import { morphOf } from './morph.ts'
import type { Morph, Movement } from './movement.ts'
import { type ExpressionName, expressionNames } from './names.ts'
import type { PointOffsets } from './person-shapes.ts'

/** Hair goes with the head down to the chin, and ever less from there on down to here, where it stays: centimetres. */
const falling = 14

/**
 * Hair goes where the head's points around it go: with brows and jaw at fringe and sides. Where it falls on the shoulders it
 * stays when the head turns.
 *
 * @param hair as it is drawn
 * @param binding of it to the person's points
 * @param chin its height, centimetres
 */
export function hairMovement(
  hair: Pick<Mesh, 'positions'>,
  binding: HairBinding,
  points: PointOffsets,
  chin: number,
): Movement {
  const morphs = {} as Record<ExpressionName, Morph>
  const pulls = pullsOn(
    binding,
    expressionNames.map((name) => points[name]),
  )
  for (const name of expressionNames) morphs[name] = morphOf(offsetsBy(pulls, points[name]))
  const bones = new Float32Array(2 * binding.clearance.length)
  for (let v = 0; 2 * v < bones.length; v++)
    bones[2 * v + 1] = smoothstep(chin - falling, chin, hair.positions[3 * v + 1])
  return { morphs, bones }
}

/** @param points P x 3: offsets of the head's points @returns V x 3 */
export function hairOffsets(binding: HairBinding, points: Float32Array): Float32Array {
  return offsetsBy(pullsOn(binding, [points]), points)
}

/** What moves hair at all: few of the points that it follows. */
interface Pulls {
  /** V of the hair. */
  vertices: number
  /** Of each pull: which vertex, by which point, and how strongly. */
  vertex: Uint32Array
  point: Uint32Array
  weight: Float32Array
}

/** @param moves P x 3 each: what the points do */
function pullsOn({ neighbours, weights, clearance }: HairBinding, moves: Float32Array[]): Pulls {
  const moving = new Uint8Array(moves[0].length / 3)
  for (const offsets of moves)
    for (let i = 0; i < offsets.length; i++) if (offsets[i] !== 0) moving[Math.floor(i / 3)] = 1
  let count = 0
  const [vertex, point, weight] = [neighbours.slice(), neighbours.slice(), weights.slice()]
  for (let i = 0; i < neighbours.length; i++) {
    if (!moving[neighbours[i]]) continue
    vertex[count] = Math.floor(i / neighbourCount)
    point[count] = neighbours[i]
    weight[count++] = weights[i]
  }
  return {
    vertices: clearance.length,
    vertex: vertex.subarray(0, count),
    point: point.subarray(0, count),
    weight: weight.subarray(0, count),
  }
}

function offsetsBy({ vertices, vertex, point, weight }: Pulls, points: Float32Array): Float32Array {
  const offsets = new Float32Array(3 * vertices)
  for (let i = 0; i < vertex.length; i++) {
    const to = 3 * vertex[i]
    const from = 3 * point[i]
    const share = weight[i]
    offsets[to] += share * points[from]
    offsets[to + 1] += share * points[from + 1]
    offsets[to + 2] += share * points[from + 2]
  }
  return offsets
}
