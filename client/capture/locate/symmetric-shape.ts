/** The shape of a turned face, by what the two sides of a face have in common. */

import type { Pose } from '../../face/types.ts'
import { solve } from '../../image/linear.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import type { CanonicalFace } from '../mesh/canonical.ts'
import { vertexNormals } from '../mesh/normals.ts'
import { anglesOf, upright } from './pose.ts'

/**
 * Weights of the terms, that of a landmark's place in the photo being 1: both sides alike, depth as the network says, shape
 * as the canonical face has it.
 */
const terms = { symmetry: 3, depth: 0.02, canonical: 0.1 }
/** Cosine of the view's angle: landmarks that face away are the network's guess, and have the weight `hidden`. */
const facing = { from: -0.3, to: 0.1 }
const hidden = 0.02
/**
 * By how much more (cosine) the outermost vertices have to face the viewer, and over how many rings of vertices that fades
 * inwards: the network slides them along the outline that it sees, which would dent the far jaw.
 */
const rim = { facing: 0.5, rings: 3 }
const newtonSteps = 5

/**
 * The landmark network takes a head's turn for too small, and draws the rest of it as a nose that points to one side. One
 * picture of a face that is alike on both sides shows each point from two sides, which gives its depth: the sum of squares in
 * README, "locate", is minimised over the shape, the yaw and the place of the mirror plane. For a given yaw and plane the
 * shape is a linear problem of six unknowns for each pair of vertices.
 *
 * @param points 468 x 3 or more landmarks: px, py (down), pz (smaller = nearer)
 * @param start pose of the same points, by pose.ts
 * @returns the corrected pose, and the shape (468 x 3, centimetres, head frame); landmarks that face the viewer still
 *   re-project to their places, whatever the face's own asymmetry
 */
export function symmetricShape(
  points: ArrayLike<number>,
  start: Pose,
  canonical: CanonicalFace,
): { pose: Pose; shape: Float32Array } {
  const solve = shapeProblem(points, start, canonical)
  const { turn, plane } = lowest((turn, plane) => solve(turn, plane).cost)
  const { shape, rotation, residual, weight } = solve(turn, plane)
  for (let v = 0; v < weight.length; v++)
    for (let axis = 0; axis < 3; axis++)
      for (let row = 0; row < 2; row++)
        shape[3 * v + axis] -= weight[v] * rotation[3 * row + axis] * residual[3 * v + row]
  const [x, y] = start.translation
  const translation: Pose['translation'] = [x + start.scale * plane, y]
  return { pose: { rotation, scale: start.scale, translation, ...anglesOf(rotation) }, shape }
}

interface ShapeFit {
  cost: number
  rotation: Float64Array
  /** V x 3 */
  shape: Float32Array
  /** V x 3, camera frame, centimetres: shape less landmark. */
  residual: Float32Array
  /** V, 0..1: does it face the viewer? */
  weight: Float32Array
}

/** The linear problem: the shape for a turn (radians) from the start's rotation and a place of the mirror plane (cm). */
function shapeProblem(
  points: ArrayLike<number>,
  { rotation: startRotation, scale, translation }: Pose,
  { pos, tri, mirror, basis }: CanonicalFace,
): (turn: number, plane: number) => ShapeFit {
  const count = pos.length / 3
  const normals = vertexNormals(pos, tri)
  const nearRim = nearnessToRim(tri, count)
  // Landmarks in the camera's frame, centimetres.
  const seen = new Float64Array(3 * count)
  for (let v = 0; v < count; v++) {
    const [x, y, z] = upright(points, v)
    seen.set([(x - translation[0]) / scale, (y - translation[1]) / scale, z / scale], 3 * v)
  }
  // A pose has no depth. It is chosen so that the landmarks it was fitted to lie as deep as the canonical face's.
  let deeper = 0
  let total = 0
  for (const [v, w] of basis) {
    const depth = [0, 1, 2].reduce((sum, axis) => sum + startRotation[6 + axis] * pos[3 * v + axis], 0)
    deeper += w * (seen[3 * v + 2] - depth)
    total += w
  }
  for (let v = 0; v < count; v++) seen[3 * v + 2] -= deeper / total

  return (turn, plane) => {
    const rotation = turned(startRotation, turn)
    const shape = new Float32Array(3 * count)
    const residual = new Float32Array(3 * count)
    const weight = Float32Array.from({ length: count }, (_, v) => {
      const cosine = [0, 1, 2].reduce((sum, axis) => sum + rotation[6 + axis] * normals[3 * v + axis], 0)
      const more = rim.facing * nearRim[v]
      return hidden + (1 - hidden) * smoothstep(facing.from + more, facing.to + more, cosine)
    })
    let cost = 0
    for (let v = 0; v < count; v++) {
      const partner = mirror[v]
      if (partner < v) continue
      // Both vertices' three coordinates: the normal equations, row-major, with the right-hand side as seventh column.
      const system = new Float64Array(6 * 7)
      for (const [half, vertex] of [v, partner].entries()) {
        const target = [seen[3 * vertex] - plane, seen[3 * vertex + 1], seen[3 * vertex + 2]]
        const weights = [weight[vertex], weight[vertex], terms.depth]
        for (let a = 0; a < 3; a++) {
          const row = 7 * (3 * half + a)
          for (let k = 0; k < 3; k++) {
            const factor = weights[k] * rotation[3 * k + a]
            for (let b = 0; b < 3; b++) system[row + 3 * half + b] += factor * rotation[3 * k + b]
            system[row + 6] += factor * target[k]
          }
          system[row + 3 * half + a] += terms.canonical + terms.symmetry
          system[row + 3 * (1 - half) + a] -= (a === 0 ? -1 : 1) * terms.symmetry
          system[row + 6] += terms.canonical * pos[3 * vertex + a]
        }
      }
      const solution = solve(system, 6)
      for (const [half, vertex] of [v, partner].entries()) {
        const position = solution.subarray(3 * half, 3 * half + 3)
        shape.set(position, 3 * vertex)
        for (let k = 0; k < 3; k++) {
          const at = [0, 1, 2].reduce((sum, axis) => sum + rotation[3 * k + axis] * position[axis], 0)
          const miss = at - (seen[3 * vertex + k] - (k === 0 ? plane : 0))
          residual[3 * vertex + k] = miss
          cost += (k < 2 ? weight[vertex] : terms.depth) * miss * miss
          cost += terms.canonical * (position[k] - pos[3 * vertex + k]) ** 2
        }
      }
      for (let axis = 0; axis < 3; axis++) {
        const difference = solution[axis] - (axis === 0 ? -1 : 1) * solution[3 + axis]
        cost += terms.symmetry * difference * difference
      }
    }
    return { cost, rotation, shape, residual, weight }
  }
}

/** 1 on the mesh's border, less for each ring inwards, 0 from the last ring on. One for each vertex. */
function nearnessToRim(tri: Uint32Array, count: number): Float32Array {
  const uses = new Map<number, number>()
  for (let k = 0; k < tri.length; k++) {
    const [a, b] = [tri[k], tri[k % 3 === 2 ? k - 2 : k + 1]]
    const edge = Math.min(a, b) * count + Math.max(a, b)
    uses.set(edge, (uses.get(edge) ?? 0) + 1)
  }
  const ends = (edge: number) => [Math.floor(edge / count), edge % count]
  const nearness = new Float32Array(count)
  for (const [edge, triangles] of uses) if (triangles === 1) for (const v of ends(edge)) nearness[v] = 1
  for (let ring = 1; ring < rim.rings; ring++) {
    const before = nearness.slice()
    for (const edge of uses.keys()) {
      const [a, b] = ends(edge)
      nearness[a] = Math.max(nearness[a], before[b] - 1 / rim.rings)
      nearness[b] = Math.max(nearness[b], before[a] - 1 / rim.rings)
    }
  }
  return nearness
}

/** `rotation` after a turn about the camera's vertical axis by an angle in radians. */
function turned(rotation: ArrayLike<number>, angle: number): Float64Array {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const result = Float64Array.from(rotation)
  for (let axis = 0; axis < 3; axis++) {
    result[axis] = c * rotation[axis] + s * rotation[6 + axis]
    result[6 + axis] = -s * rotation[axis] + c * rotation[6 + axis]
  }
  return result
}

/** Newton's method in two unknowns (radians, centimetres) from 0, with derivatives by differences; never uphill. */
function lowest(cost: (turn: number, plane: number) => number) {
  let [turn, plane] = [0, 0]
  let best = cost(turn, plane)
  const [h, k] = [0.01, 0.05]
  for (let step = 0; step < newtonSteps; step++) {
    const at = (a: number, b: number) => cost(turn + a * h, plane + b * k)
    const [left, right, down, up] = [at(-1, 0), at(1, 0), at(0, -1), at(0, 1)]
    const mixed = (at(1, 1) - right - up + best) / (h * k)
    const [dt, dp] = [(right - left) / (2 * h), (up - down) / (2 * k)]
    const [tt, pp] = [(right - 2 * best + left) / (h * h), (up - 2 * best + down) / (k * k)]
    const determinant = tt * pp - mixed * mixed
    if (!(tt > 0 && determinant > 0)) break
    let [t, p] = [(mixed * dp - pp * dt) / determinant, (mixed * dt - tt * dp) / determinant]
    let next = cost(turn + t, plane + p)
    for (let halving = 0; halving < 4 && next > best; halving++) {
      t /= 2
      p /= 2
      next = cost(turn + t, plane + p)
    }
    if (!(next < best)) break
    ;[turn, plane, best] = [turn + t, plane + p, next]
  }
  return { turn, plane }
}
